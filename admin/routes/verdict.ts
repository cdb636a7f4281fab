import { Hono } from 'hono';
import { Catalogue } from '../../rules/catalogue.ts';
import type { Documents } from '../../rules/documents.ts';
import { openNow } from '../../rules/open-now.ts';
import { Policy } from '../../rules/policy.ts';
import { standingOf } from '../../rules/standing.ts';
import { TestAsked, type TestChoices, type Tested } from '../console-wire.ts';
import { allClasses, classesOf } from '../groups/classes.ts';
import { malformed, refuse } from '../refusal.ts';
import type { StoredDocument } from '../store/documents.ts';
import {
  adultOpens,
  createTester,
  hasAdult,
  isService,
  listTitle,
  ordersAt,
  readAddress,
  withAdult,
  withoutAdult,
} from '../verdict.ts';
import { categoriesAsked } from '../verdict-lists.ts';
import { type ConsoleEnv, type ConsoleParts, requireDeed, requirePerson } from './console-parts.ts';

/**
 * *Test an address*: the device's own rules on what is published here, as any stage or group. The address travels in
 * the body, and no line of log, audit or database holds it.
 */
export function verdictRoutes({ store, people, document, orders: ofSeats, now, listsOf }: ConsoleParts) {
  const app = new Hono<ConsoleEnv>();
  app.use('/verdict', requirePerson(people), requireDeed('test-addresses'));

  app.get('/verdict', async (c) => {
    const policy = read(Policy, await document('policy'));
    if (!policy) return refuse(c, 404, 'no-policy', 'No policy is published yet.');
    const { timeZone, contacts, help, reasons } = policy;
    const { email, pass } = c.get('person');
    const own = pass?.groups ?? (await classesOf(store, email));
    const groups = (await allClasses(store, policy))
      .map(({ id, name, stage }) => ({ id, name, stage, mine: own.includes(id) }))
      .sort((one, other) => Number(other.mine) - Number(one.mine));
    return c.json({ timeZone, groups, contacts, help, reasons } satisfies TestChoices);
  });

  app.post('/verdict', async (c) => {
    const asked = TestAsked.safeParse(await c.req.json().catch(() => undefined));
    if (!asked.success) return malformed(c, 'This is not a test that the endpoint knows.');
    const { stage, group, adult } = asked.data;
    const address = readAddress(asked.data.address);
    if (!address.ok) return refuse(c, 422, address.code, address.reason);
    const policy = read(Policy, await document('policy'));
    if (!policy) return refuse(c, 404, 'no-policy', 'No policy is published yet.');
    // Of the policy or of the class lists: a teacher's own class stands often in the second alone.
    const classes = await allClasses(store, policy);
    if (group !== null && !classes.some(({ id }) => id === group))
      return refuse(c, 422, 'no-group', 'There is no such class.');

    const at = asked.data.at === null ? now().getTime() : Date.parse(asked.data.at);
    const orders = await ofSeats.wouldSay({ id: '', device: null, account: null, stage, group });
    const documents: Documents = {
      policy,
      orders: ordersAt(orders, at),
      lists: new Map(),
      listsInForce: true,
    };
    const situation = { stage, groups: group === null ? [] : [group], now: at };
    const test = (adult ? withAdult : withoutAdult)({ documents, situation });
    const wanted = categoriesAsked(standingOf(test.documents, test.situation));
    const catalogue = read(Catalogue, await document('catalogue'));
    const lists = await listsOf(catalogue, wanted);
    const paths = await listsOf.paths(catalogue, wanted);
    const inForce = { ...test.documents, lists, paths };
    const tester = createTester({ ...test, documents: inForce });
    const verdict = tester.judge(address.address);
    const { lesson } = tester.standing;
    return c.json({
      at: new Date(at).toISOString(),
      stage,
      address: { href: address.address.href, host: address.address.host },
      verdict,
      isService: isService(policy, verdict.from),
      adultOpens: adultOpens(policy, stage),
      listTitle: listTitle(policy, verdict.from) ?? null,
      supervised: hasAdult(tester.standing),
      hasTiles: openNow(inForce, tester.standing).shelves.length > 0,
      lessonBy: (lesson && orders.lessons.find(({ id }) => id === lesson.id)?.adult) ?? null,
      withoutList: wanted.filter((category) => !lists.has(category)),
    } satisfies Tested);
  });
  return app;
}

/** Documents in the store were checked before they were signed; an older one may miss what is newer. */
function read<T>(schema: { parse: (value: unknown) => T }, stored: StoredDocument | undefined): T | null {
  return stored ? schema.parse(JSON.parse(stored.body)) : null;
}
