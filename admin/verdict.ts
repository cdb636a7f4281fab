import { type Address, parseAddress } from '../rules/address.ts';
import { judge } from '../rules/decide.ts';
import type { Documents } from '../rules/documents.ts';
import type { Lesson, Orders } from '../rules/orders.ts';
import type { Policy } from '../rules/policy.ts';
import type { Situation } from '../rules/situation.ts';
import { type Standing, standingOf } from '../rules/standing.ts';
import type { Verdict } from '../rules/verdict.ts';
import { type ForWhom, type InWords, inWords } from './verdict-words.ts';

export type AddressRead =
  | { ok: true; address: Address }
  | { ok: false; code: 'not-an-address' | 'not-a-web-page'; reason: string };

/**
 * Reads an address as a person writes it: `poki.com` is `https://poki.com`. What has a scheme of its own that is no
 * web page's (`data:`, `file:`) is refused, and so is what Chrome would search for.
 */
export function readAddress(text: string): AddressRead {
  const written = text.trim();
  const scheme = /^([a-z][a-z0-9+-]*):(?!\d)/i.exec(written)?.[1]?.toLowerCase();
  if (scheme && !['http', 'https', 'ws', 'wss'].includes(scheme))
    return { ok: false, code: 'not-a-web-page', reason: `“${scheme}:” is not a web page’s address` };
  const hasHost = /^\[|^[^/?#]*\.[^/?#.]/.test(written);
  const address = scheme ? parseAddress(written) : hasHost ? parseAddress(`https://${written}`) : null;
  return address
    ? { ok: true, address }
    : { ok: false, code: 'not-an-address', reason: 'is not an address such as https://example.com/page' };
}

/** What a person wants to know: who somebody would be, and what would be in force then. */
export type Test = { documents: Documents; situation: Situation };

/** The group of whoever is tested without one: a lesson can be started for it, and no list of the school's names it. */
const NO_GROUP = '(tested)';

/** A lesson that an adult has started for this group, if none is live already. It opens no site by itself. */
export function withAdult({ documents, situation }: Test): Test {
  if (standingOf(documents, situation).lesson) return { documents, situation };
  const groups = situation.groups.length > 0 ? situation.groups : [NO_GROUP];
  const { now } = situation;
  const lesson: Lesson = {
    id: 'tested',
    adult: 'an adult',
    groups: [...groups],
    kind: 'supervised',
    sites: [],
    bundles: [],
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + 3_600_000).toISOString(),
  };
  const orders = ordersAt(documents.orders, now);
  return {
    documents: { ...documents, orders: { ...orders, lessons: [...orders.lessons, lesson] } },
    situation: { ...situation, groups },
  };
}

/** The same without any lesson: nobody has started one. */
export const withoutAdult = ({ documents, situation }: Test): Test => ({
  documents: documents.orders ? { ...documents, orders: { ...documents.orders, lessons: [] } } : documents,
  situation,
});

/** These orders as they would be signed at `now`: the endpoint renews them, so that their own end is none. */
export function ordersAt(orders: Partial<Orders> | null, now: number): Orders {
  return {
    schema: 1,
    mustUnderstand: [],
    school: '(tested)',
    epoch: 0,
    issuedAt: new Date(now).toISOString(),
    lessons: [],
    grants: [],
    closings: [],
    suspensions: [],
    ...orders,
    kind: 'orders',
    expiresAt: new Date(now + 24 * 3_600_000).toISOString(),
  };
}

/** Judges one address after the other in one situation: the documents are read once. */
export function createTester({ documents, situation }: Test) {
  const standing = standingOf(documents, situation);
  return {
    standing,
    judge: (address: Address): Verdict => judge(standing, documents, address),
    inWords: (verdict: Verdict, moment?: ForWhom['moment']): InWords =>
      inWords(verdict, {
        stage: situation.stage,
        supervised: hasAdult(standing),
        listTitle: listTitle(documents.policy, verdict.from),
        isService: isService(documents.policy, verdict.from),
        adultOpens: adultOpens(documents.policy, situation.stage),
        ...(moment ? { moment } : {}),
      }),
  };
}

/** Somebody is there: also at KS1, where a lesson opens its sites and nothing else. */
export const hasAdult = ({ lesson }: Standing): boolean => lesson !== null && lesson.kind !== 'demonstration';

/** What the school calls the list or bundle that an entry stands in. */
export const listTitle = (policy: Policy | null, id: string | undefined): string | undefined =>
  [...(policy?.lists ?? []), ...(policy?.bundles ?? [])].find((list) => list.id === id)?.title;

/** Whether that id is a bundle's: its entries are parts of one service. */
export const isService = (policy: Policy | null, id: string | undefined): boolean =>
  !policy?.lists.some((list) => list.id === id) &&
  Boolean(policy?.bundles.some((bundle) => bundle.id === id));

/** Whether an adult's presence alone can open anything for this stage. */
export const adultOpens = (policy: Policy | null, stage: Situation['stage']): boolean =>
  stage !== 'unknown' && policy?.stages[stage].supervised !== 'closed';
