import type { Documents } from '../../rules/documents.ts';
import { Orders } from '../../rules/orders.ts';
import { Policy } from '../../rules/policy.ts';
import type { Disagreement } from './agree.ts';
import type { School } from './schools.ts';
import { type Case, caseOf } from './web.ts';

type Small = { school: School; one: Case };

/**
 * The smallest school and address that still differ: as long as something can be left out, it is. Shrinks what was
 * generated and not how, because documents built of mapped parts have lost the way back.
 */
export async function smallest(
  found: Disagreement,
  differ: (small: Small) => Promise<Disagreement | null>,
): Promise<Disagreement> {
  let best = found;
  for (let step = 0; step < 400; step += 1) {
    const next = await firstThatDiffers(best, differ);
    if (!next) return best;
    best = next;
  }
  return best;
}

async function firstThatDiffers(
  best: Disagreement,
  differ: (small: Small) => Promise<Disagreement | null>,
): Promise<Disagreement | null> {
  for (const candidate of smaller(best)) {
    const differs = await differ(candidate);
    if (differs) return differs;
  }
  return null;
}

/** Everything that is one step smaller, the biggest steps first. */
function* smaller({ school, one }: Small): Generator<Small> {
  const { documents } = school;
  const changed = (change: Partial<Documents>): Small => ({
    school: { ...school, documents: { ...documents, ...change } },
    one,
  });
  if (documents.orders) yield changed({ orders: null });
  if (documents.policy) yield changed({ policy: null });
  for (const policy of without(documents.policy)) {
    const read = Policy.safeParse(policy);
    if (read.success) yield changed({ policy: read.data });
  }
  for (const orders of without(documents.orders)) {
    const read = Orders.safeParse(orders);
    if (read.success) yield changed({ orders: read.data });
  }
  for (const [id, hosts] of documents.lists) {
    const others = [...documents.lists].filter(([other]) => other !== id);
    yield changed({ lists: new Map(others) });
    for (const host of hosts.size > 1 ? hosts : [])
      yield changed({ lists: new Map([...others, [id, new Set([host])]]) });
  }
  for (const simpler of simplerCases(one)) yield { school, one: simpler };
}

/** A document with one element less of one of its lists, or one list emptied, wherever it stands. */
function* without(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    if (value.length > 1) yield [];
    for (const at of value.keys()) yield value.filter((_, other) => other !== at);
    for (const [at, part] of value.entries()) for (const less of without(part)) yield value.with(at, less);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value))
      for (const less of without(part)) yield { ...value, [name]: less };
  }
}

function* simplerCases({ url, as, type, topUrl: page }: Case): Generator<Case> {
  const topUrl = page ?? null;
  for (const simple of plainer(url)) yield caseOf(simple, as, type, topUrl, null);
  if (topUrl === null || as === 'page') return;
  yield caseOf(url, as, type, null, null);
  for (const simple of plainer(topUrl)) yield caseOf(url, as, type, simple, null);
}

/** The address with one of its parts left out. */
function plainer(text: string): string[] {
  const { protocol, username, password, hostname, port, pathname, search, hash } = new URL(text);
  const credentials = username || password ? `${username}:${password}@` : '';
  const spelled = (parts: readonly string[]) => new URL(parts.join('')).href;
  const parts = [`${protocol}//`, credentials, hostname, port && `:${port}`, pathname, search, hash];
  const plain = [protocol.startsWith('ws') ? 'wss://' : 'https://', '', hostname, '', '/', '', ''];
  return parts.map((_, at) => spelled(parts.with(at, plain[at] ?? ''))).filter((simple) => simple !== text);
}

/** A disagreement as a person reads it: only what is not empty, and how the two differ. */
export function described({ school, one, how, expected, outcome }: Disagreement): string {
  const { policy, orders, lists, listsInForce, endpointHost } = school.documents;
  const { stage } = school.situation;
  const said = {
    case: { url: one.url, type: one.type, top: one.topUrl, initiator: one.initiator },
    verdict: expected.verdict,
    madeSafe: expected.madeSafe,
    chrome: outcome,
    situation: school.situation,
    ...(policy && {
      policy: notEmpty({
        stage: stage === 'unknown' ? null : policy.stages[stage],
        lists: policy.lists,
        bundles: policy.bundles,
        platform: policy.platform,
        embeds: policy.embeds,
        essential: policy.essential,
        help: policy.help,
        search: policy.search,
        overlays: policy.overlays,
        timetable: policy.timetable,
      }),
    }),
    ...(orders && {
      orders: notEmpty({
        lessons: orders.lessons,
        grants: orders.grants,
        closings: orders.closings,
        suspensions: orders.suspensions,
      }),
    }),
    lists: Object.fromEntries([...lists].map(([id, hosts]) => [id, [...hosts].slice(0, 20)])),
    listsInForce,
    endpointHost,
  };
  return `${one.url}: ${how}\n${JSON.stringify(said, null, 1)}`;
}

const notEmpty = (parts: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(parts).filter(
      ([, part]) => part !== undefined && part !== null && !(Array.isArray(part) && part.length === 0),
    ),
  );
