import type { CategoryId } from '../rules/categories.ts';
import {
  categoriesNeeded,
  compileLists,
  compileStanding,
  digestIn,
  type NotFitted,
  sentinel,
} from '../rules/compile.ts';
import type { Documents } from '../rules/documents.ts';
import type { Rule } from '../rules/rule.ts';
import { type Situation, unknownSituation } from '../rules/situation.ts';
import type { KnownStage } from '../rules/stages.ts';
import { type Standing, standingOf, type Unread } from '../rules/standing.ts';
import { sentinelIds } from '../rules/tiers.ts';
import type { Versions } from '../rules/wire.ts';
import type { Clock } from './clock.ts';
import { sha256Hex } from './digest.ts';
import { documentsFor, type Held, type ListInForce, readHeld, versionsOf } from './held.ts';
import type { SettingsState } from './settings.ts';
import type { Store } from './store.ts';
import type { Troubles } from './troubles.ts';

/** What Chrome enforces now, as against what has been downloaded (issue 2.4). */
export type InForce = {
  at: number;
  stage: KnownStage;
  versions: Versions;
  /** Null until the lists that the stage needs are enforced; until then `filtered` is `approved`. */
  lists: { digest: string; of: ListInForce[]; catalogue: string | null; at: number } | null;
  sessionDigest: string;
  rules: { session: number; dynamic: number };
  notFitted: NotFitted[];
  unread: Unread[];
  /** When something begins or ends next, in device time. */
  holdsUntil: number | null;
};

/** The part of Chrome's API that writes rules. */
export type Ruleset = {
  getSessionRules(filter: { ruleIds: number[] }): Promise<Rule[]>;
  getDynamicRules(filter: { ruleIds: number[] }): Promise<Rule[]>;
  replaceSession(rules: Rule[]): Promise<void>;
  replaceDynamic(rules: Rule[]): Promise<void>;
};

export type Enforcement = ReturnType<typeof createEnforcement>;

type Parts = {
  rules: Ruleset;
  store: Store;
  clock: Clock;
  troubles: Troubles;
  settings: () => Promise<SettingsState>;
  situationIn: (state: SettingsState) => Promise<Situation>;
  blockPage: string;
  /** Told when what is in force has changed. */
  changed: () => void;
};

/** Large lists wait for a quiet moment, but no longer than this after they came (DESIGN §7). */
const LISTS_WAIT_AT_MOST_MS = 24 * 3_600_000;
/** Rises when `compile` means something new by the same documents. */
const COMPILER = 1;

/**
 * Brings Chrome's rules in line with documents and situation. Each ruleset is written in one atomic call behind one
 * lock; when anything in it is refused, the old rules stand (promise 2).
 */
export function createEnforcement({
  rules,
  store,
  clock,
  troubles,
  settings,
  situationIn,
  blockPage,
  changed,
}: Parts) {
  /** What rules and verdicts start from, read afresh. */
  async function read(): Promise<{
    held: Held;
    situation: Situation;
    documents: Documents;
    state: SettingsState;
  }> {
    const state = await settings();
    const known = state.state === 'known' ? state.settings : null;
    const held = await readHeld(store, known?.school ?? null);
    const situation = known ? await situationIn(state) : unknownSituation(clock.now());
    const inForce = await store.get('inForce');
    const documents = await documentsFor(held, inForce?.lists?.of ?? null, known, store);
    return { held, situation, documents, state };
  }

  /** The lists that Chrome should enforce, or null while some that are needed are not downloaded yet. */
  async function wantedLists(held: Held, stage: KnownStage): Promise<ListInForce[] | null> {
    if (!held.policy) return null;
    const needed = categoriesNeeded(held.policy, stage);
    if (needed.length === 0) return [];
    if (!held.catalogue) return null;
    const wanted = held.catalogue.lists.filter(({ category }) => needed.includes(category));
    const here = new Set(await store.listKeys());
    return wanted.every(({ sha256 }) => here.has(sha256))
      ? wanted.map(({ category, sha256 }) => ({ category, sha256 }))
      : null;
  }

  const digestOfLists = (lists: readonly ListInForce[], stage: KnownStage, standing: Standing) =>
    sha256Hex(
      JSON.stringify([COMPILER, blockPage, stage, lists, standing.closedAlways, standing.closedAlone]),
    );

  /** The lists that Chrome enforces now: those we wrote last, if they are there still. */
  async function listsStanding(before: InForce | undefined): Promise<InForce['lists']> {
    const carried = digestIn(await rules.getDynamicRules({ ruleIds: [sentinelIds.dynamic] }), 'dynamic');
    return before?.lists && carried === before.lists.digest.slice(0, 40) ? before.lists : null;
  }

  /** Dynamic rules: large, slow to write, so written only when they must be. */
  async function applyLists(
    { held, situation, documents }: Awaited<ReturnType<typeof read>>,
    before: InForce | undefined,
    atOnce: boolean,
  ): Promise<InForce['lists']> {
    const standing = standingOf(documents, situation);
    const standingLists = await listsStanding(before);
    const wanted = await wantedLists(held, situation.stage);
    if (!wanted) return coversStage(standingLists, held, situation.stage) ? standingLists : null;
    const digest = await digestOfLists(wanted, situation.stage, standing);
    if (standingLists?.digest === digest) return standingLists;
    const sameClosing =
      standingLists !== null &&
      standingLists.digest === (await digestOfLists(standingLists.of, situation.stage, standing));
    const overdue =
      held.catalogue !== null && clock.now() - Date.parse(held.catalogue.issuedAt) > LISTS_WAIT_AT_MOST_MS;
    // The old lists still close what this stage closes: a better moment will come.
    if (sameClosing && !atOnce && !overdue) return standingLists;
    const withLists = await documentsFor(held, wanted, null, store);
    const compiled = compileLists(withLists, standing, blockPage);
    await rules.replaceDynamic([sentinel('dynamic', digest), ...compiled]);
    return { digest, of: wanted, catalogue: versionsOf(held).catalogue, at: clock.now() };
  }

  const coversStage = (lists: InForce['lists'], held: Held, stage: KnownStage): boolean => {
    const have: readonly CategoryId[] = lists?.of.map(({ category }) => category) ?? [];
    return (
      lists !== null && categoriesNeeded(held.policy, stage).every((category) => have.includes(category))
    );
  };

  async function applyNow(atOnce: boolean): Promise<InForce | null> {
    const before = await store.get('inForce');
    const now = await read();
    let lists: InForce['lists'] = null;
    try {
      lists = await applyLists(now, before, atOnce);
      await troubles.over('lists');
    } catch (error) {
      await troubles.note('lists', 'rules-refused', messageOf(error));
      // Atomic: what was enforced before is enforced still, if it was there and closes what this stage closes.
      const standing = await listsStanding(before);
      lists = coversStage(standing, now.held, now.situation.stage) ? standing : null;
    }
    const documents: Documents = {
      ...now.documents,
      lists: new Map(),
      listsInForce: lists !== null,
    };
    const standing = standingOf(documents, now.situation);
    const { session, notFitted } = compileStanding(standing, blockPage);
    const sessionDigest = await sha256Hex(JSON.stringify(session));
    const carried = digestIn(await rules.getSessionRules({ ruleIds: [sentinelIds.session] }), 'session');
    const rewritten = carried !== sessionDigest.slice(0, 40);
    try {
      if (rewritten) await rules.replaceSession([sentinel('session', sessionDigest), ...session]);
      await troubles.over('rules');
    } catch (error) {
      await troubles.note('rules', 'rules-refused', messageOf(error));
      return before ?? null;
    }
    const inForce: InForce = {
      at: clock.now(),
      stage: now.situation.stage,
      versions: { ...versionsOf(now.held), catalogue: lists?.catalogue ?? null },
      lists,
      sessionDigest,
      rules: { session: session.length, dynamic: (lists?.of.length ?? 0) * 2 },
      notFitted,
      unread: standing.unread,
      holdsUntil: standing.holdsUntil,
    };
    await store.set('inForce', inForce);
    await store.set('latestTime', clock.now());
    // Pages answer news by applying again: told without a change, two of them would talk for ever.
    if (rewritten || !isSame(before, inForce)) changed();
    return inForce;
  }

  return {
    read,
    /** `atOnce`: at launch or in a quiet moment, when re-indexing large lists disturbs nobody. */
    async apply(atOnce = false): Promise<InForce | null> {
      return await navigator.locks.request('keystage-rules', () => applyNow(atOnce));
    },
  };
}

/** True if nothing but the moment differs. */
const isSame = (before: InForce | undefined, now: InForce): boolean =>
  JSON.stringify({ ...before, at: 0 }) === JSON.stringify({ ...now, at: 0 });

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
