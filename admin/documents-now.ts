import { Catalogue } from '../rules/catalogue.ts';
import type { Documents } from '../rules/documents.ts';
import { Policy } from '../rules/policy.ts';
import type { Stage } from '../rules/stages.ts';
import { standingOf } from '../rules/standing.ts';
import { standingOrders } from './orders.ts';
import { newestDocument } from './store/documents.ts';
import type { Writing } from './store/tables.ts';
import { ordersAt } from './verdict.ts';
import { categoriesAsked, type createCatalogueLists } from './verdict-lists.ts';

/** To read a policy costs milliseconds, and one tap asks for it several times: the last one stays read. */
let lastRead: { body: string; policy: Policy } | undefined;

/** The policy in force, or null before the first. Nobody changes what it gives. */
export async function policyNow(store: Writing): Promise<Policy | null> {
  const stored = await newestDocument(store, 'policy');
  if (!stored) return null;
  if (lastRead?.body !== stored.body)
    lastRead = { body: stored.body, policy: Policy.parse(JSON.parse(stored.body)) };
  return lastRead.policy;
}

/** What an address is judged by for these classes when nobody has opened anything: policy, lists, urgent closings. */
export async function documentsWithoutOpenings(
  store: Writing,
  listsOf: ReturnType<typeof createCatalogueLists>,
  policy: Policy,
  groups: readonly { id: string; stage: Stage }[],
  at: number,
): Promise<Documents> {
  const { closings } = await standingOrders({ store });
  const without: Documents = {
    policy,
    orders: ordersAt({ closings }, at),
    lists: new Map(),
    listsInForce: true,
  };
  const wanted = groups.flatMap(({ id, stage }) =>
    categoriesAsked(standingOf(without, { stage, groups: [id], now: at })),
  );
  const stored = await newestDocument(store, 'catalogue');
  const catalogue = stored ? Catalogue.parse(JSON.parse(stored.body)) : null;
  return {
    ...without,
    lists: await listsOf(catalogue, wanted),
    paths: await listsOf.paths(catalogue, wanted),
  };
}
