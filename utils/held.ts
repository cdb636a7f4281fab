import type { Catalogue } from '../rules/catalogue.ts';
import type { CategoryId } from '../rules/categories.ts';
import { type DocumentKind, versionOf } from '../rules/document.ts';
import type { Documents } from '../rules/documents.ts';
import { type Hosts, hostsIn } from '../rules/hosts.ts';
import { type Paths, pathsIn } from '../rules/lists/paths.ts';
import type { Orders } from '../rules/orders.ts';
import { policyHere } from '../rules/overlays.ts';
import type { Policy } from '../rules/policy.ts';
import type { Settings } from '../rules/settings.ts';
import { budgets } from '../rules/tiers.ts';
import type { Versions } from '../rules/wire.ts';
import type { Store } from './store.ts';
import { type DocumentOf, readStored, signerOf, type Trust } from './verify.ts';

/** The documents as the device holds them: *downloaded*, whether or not they are in force yet. */
export type Held = { policy: Policy | null; orders: Orders | null; catalogue: Catalogue | null };

/** Reading a policy takes milliseconds, and every page in view is judged: what was read once stays read. */
const readBefore = new Map<DocumentKind, { jws: string; document: unknown }>();

function readOnce<K extends DocumentKind>(kind: K, jws: string): DocumentOf<K> | null {
  const before = readBefore.get(kind);
  if (before?.jws === jws) return before.document as DocumentOf<K> | null;
  const document = readStored(kind, jws);
  readBefore.set(kind, { jws, document });
  return document;
}

/**
 * Reads what is held, by what is trusted now: a document of another school, or signed by a key that is no longer
 * pinned, is as good as none, and stays so until the school signs the next one (promise 4).
 */
export async function readHeld(store: Pick<Store, 'documents' | 'get'>, trust: Trust | null): Promise<Held> {
  const [stored, mine] = await Promise.all([store.documents(), store.get('seat')]);
  const jwsOf = (kind: string) => {
    const jws = stored.find((document) => document.kind === kind)?.jws;
    return jws && trust?.publicKeys.includes(signerOf(jws) ?? '') ? jws : undefined;
  };
  const ours = <T extends { school: string }>(document: T | null) =>
    document?.school === trust?.school ? document : null;
  const [policy, orders, catalogue] = [jwsOf('policy'), jwsOf('orders'), jwsOf('catalogue')];
  return {
    policy: policy ? ours(readOnce('policy', policy)) : null,
    orders: orders ? forSeat(ours(readOnce('orders', orders)), mine?.seat) : null,
    catalogue: catalogue ? ours(readOnce('catalogue', catalogue)) : null,
  };
}

/** Orders of an earlier seat of this profile are nobody's. A seat that must enrol again is still the one it was. */
const forSeat = (orders: Orders | null, mine: string | undefined): Orders | null =>
  orders?.seat !== undefined && mine !== undefined && orders.seat !== mine ? null : orders;

/** The policy with all overlays of this seat, whether they hold now or not: lists are fetched ahead of need. */
export const everOf = ({ policy, orders }: Held): Policy | null => policyHere(policy, orders, { now: 0 });

export const versionsOf = ({ policy, orders, catalogue }: Held): Versions => ({
  policy: policy && versionOf(policy),
  catalogue: catalogue && versionOf(catalogue),
  orders: orders && versionOf(orders),
});

/** A category's list as it is enforced: by content. */
export type ListInForce = { category: CategoryId; sha256: string; paths?: string };

/** Every text that a list is made of. */
export const textsOf = ({ sha256, paths }: ListInForce): string[] => (paths ? [sha256, paths] : [sha256]);

/** What `rules/` judges by: the held documents with the lists that Chrome enforces now. */
export async function documentsFor(
  held: Held,
  lists: readonly ListInForce[] | null,
  settings: Settings | null,
  store: Pick<Store, 'list'>,
): Promise<Documents> {
  const hosts = new Map<CategoryId, Hosts>();
  const paths = new Map<CategoryId, Paths>();
  let room: number = budgets.paths;
  let unknown = 0;
  for (const list of lists ?? []) {
    const found = await hostsOnce(list.sha256, store);
    if (found) hosts.set(list.category, found);
    else unknown++;
    if (list.paths === undefined) continue;
    const some = await pathsOnce(list.paths, room, store);
    room -= some?.inRules.length ?? 0;
    if (some) paths.set(list.category, some);
    else unknown++;
  }
  // Rules for what is open are made without lists: the next page in view needs them as before.
  if (lists) forgetBut(lists);
  return {
    policy: held.policy,
    orders: held.orders,
    lists: hosts,
    ...(paths.size > 0 ? { paths } : {}),
    // A list whose text is gone is unknown, not empty: without it nothing may be called open because nothing closes it.
    listsInForce: lists !== null && unknown === 0,
    ...(settings ? { endpointHost: new URL(settings.endpoint).hostname } : {}),
  };
}

const hostsBefore = new Map<string, Hosts>();

/** Null when the store does not have it. Only what was read is remembered. */
async function hostsOnce(sha256: string, store: Pick<Store, 'list'>): Promise<Hosts | null> {
  const before = hostsBefore.get(sha256);
  if (before) return before;
  const text = await store.list(sha256);
  if (text === undefined) return null;
  const hosts = hostsIn(new TextEncoder().encode(text));
  hostsBefore.set(sha256, hosts);
  return hosts;
}

const pathsBefore = new Map<string, { room: number; paths: Paths }>();

/** The same for what a list says of single pages; `room` is what Chrome's budget has left for it. */
async function pathsOnce(sha256: string, room: number, store: Pick<Store, 'list'>): Promise<Paths | null> {
  const before = pathsBefore.get(sha256);
  if (before?.room === room) return before.paths;
  const text = await store.list(sha256);
  if (text === undefined) return null;
  const paths = pathsIn(text, room);
  pathsBefore.set(sha256, { room, paths });
  return paths;
}

/** Yesterday's list is not kept in memory beside today's. */
function forgetBut(lists: readonly ListInForce[]): void {
  const named = new Set(lists.flatMap(textsOf));
  for (const before of [hostsBefore, pathsBefore])
    for (const sha256 of before.keys()) if (!named.has(sha256)) before.delete(sha256);
}
