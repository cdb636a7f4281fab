import { accountToHash, hashedAccount } from '../rules/account-hash.ts';
import { sessionBetween } from '../rules/between.ts';
import { compileStanding, digestIn, type NotFitted, sentinel } from '../rules/compile.ts';
import type { Documents } from '../rules/documents.ts';
import { type Ending, nextEnding } from '../rules/endings.ts';
import type { Orders } from '../rules/orders.ts';
import type { Unread } from '../rules/read-lines.ts';
import type { Rule } from '../rules/rule.ts';
import { type Situation, unknownSituation } from '../rules/situation.ts';
import { isPupil, type KnownStage } from '../rules/stages.ts';
import { standingOf } from '../rules/standing.ts';
import { sentinelIds } from '../rules/tiers.ts';
import type { Versions } from '../rules/wire.ts';
import { type Clock, keepTime } from './clock.ts';
import { sha256Hex } from './digest.ts';
import { documentsFor, type Held, type ListInForce, readHeld, versionsOf } from './held.ts';
import { createListsInForce } from './lists-in-force.ts';
import type { SettingsState } from './settings.ts';
import type { Store } from './store.ts';
import type { Troubles } from './troubles.ts';

/** What Chrome enforces now, as against what has been downloaded (issue 2.4). */
export type InForce = {
  at: number;
  stage: KnownStage;
  versions: Versions;
  /** Null until the lists that the stage needs are enforced; until then `filtered` is `approved`. */
  lists: {
    digest: string;
    of: ListInForce[];
    catalogue: string | null;
    at: number;
    /** Others were being written, and nobody knows whether they are there. */
    unsure?: true;
  } | null;
  sessionDigest: string;
  rules: { session: number; dynamic: number };
  notFitted: NotFitted[];
  unread: Unread[];
  /** When something begins or ends next, in device time. */
  holdsUntil: number | null;
  /** What of it closes next, to be told of before. */
  ending: Ending | null;
};

/** The part of Chrome's API that writes rules. */
export type Ruleset = {
  /** Without a filter all of them. */
  getSessionRules(filter?: { ruleIds: number[] }): Promise<Rule[]>;
  getDynamicRules(filter: { ruleIds: number[] }): Promise<Rule[]>;
  /** `carried` is the digest of those that Chrome has; null if that is not known. */
  replaceSession(rules: Rule[], carried: string | null): Promise<void>;
  replaceDynamic(rules: Rule[]): Promise<void>;
  /** Whether the packaged ruleset for pupils is on: guard and safe search (`rules/pupils.ts`). */
  isForPupils(): Promise<boolean>;
  setForPupils(on: boolean): Promise<void>;
};

export type Enforcement = ReturnType<typeof createEnforcement>;

type Parts = {
  rules: Ruleset;
  store: Store;
  clock: Clock;
  troubles: Troubles;
  settings: () => Promise<SettingsState>;
  situationIn: (state: SettingsState, orders: Orders | null) => Promise<Situation>;
  blockPage: string;
  /** Told when what is in force has changed. */
  changed: () => void;
  /** Told whenever it has been looked at, changed or not: what holds until when. */
  applied?: (inForce: InForce) => Promise<unknown>;
};

type ListsApplied = { lists: InForce['lists']; refused: boolean; carried: string | null };

/** What rules and verdicts start from, read afresh. */
export type Starting = { held: Held; situation: Situation; documents: Documents; state: SettingsState };

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
  applied,
}: Parts) {
  const listsInForce = createListsInForce(rules, store, clock, blockPage);

  type Lists = 'with-lists' | 'without-lists';

  /**
   * Large lists are read only where a verdict is wanted: rules for what is open do not depend on them. A disk that is
   * full may not be readable either (Chrome opens no database on it): then nothing is known, and all is closed.
   */
  const read = (lists: Lists): Promise<Starting> =>
    readStored(lists).catch(async (error) => {
      await troubles.note('store', 'unreadable', messageOf(error));
      return nothingKnown(clock.now());
    });

  async function readStored(lists: Lists): Promise<Starting> {
    const state = await settings();
    const known = state.state === 'known' ? state.settings : null;
    const held = await readHeld(store, known);
    const here = known ? await situationIn(state, held.orders) : unknownSituation(clock.now());
    const situation = await asPolicyWrites(here, held.policy?.accountSalt);
    const named = lists === 'with-lists' ? (await store.get('inForce'))?.lists?.of : null;
    const documents = await documentsFor(held, named ?? null, known, store);
    return { held, situation, documents, state };
  }

  /** Brings the large lists in force where that is due, and says which are. */
  async function applyLists(
    now: Starting,
    before: InForce | undefined,
    atOnce: boolean,
    carried: string | null,
  ): Promise<ListsApplied> {
    try {
      // Where the session rules are gone the lists may be gone too: before anything opens, Chrome is asked.
      const decided = await listsInForce.decide(now, before, { atOnce, look: carried === null });
      if (decided.step === 'keep') return { lists: decided.lists, refused: false, carried };
      // Between two sets of lists the web is never wider than under both: what needs lists closes first.
      if (decided.closeFirst) await narrow(now);
      // Should the worker end in between, whoever comes next looks which lists Chrome has.
      if (before?.lists) await store.set('inForce', { ...before, lists: { ...before.lists, unsure: true } });
      await rules.replaceDynamic(decided.rules);
      return { lists: decided.lists, refused: false, carried: await carriedBySession() };
    } catch (error) {
      await troubles.note('lists', 'rules-refused', messageOf(error));
      const lists = await listsInForce.afterRefusal(now, before);
      return { lists, refused: true, carried: await carriedBySession() };
    }
  }

  /** What opens both before and after the lists are exchanged, and nothing else. */
  async function narrow({ documents, situation }: Starting): Promise<void> {
    const before = await rules.getSessionRules();
    // On a fresh profile nothing is open yet, and approved sites do not wait for the lists (DESIGN §7).
    if (before.length === 0)
      return void (await writeSession({ ...documents, listsInForce: false }, situation, null));
    const after = standingOf({ ...documents, listsInForce: true }, situation);
    await rules.replaceSession(sessionBetween(before, compileStanding(after, blockPage).session), null);
  }

  /** The digest of the session rules that Chrome has; null if they are gone, or Chrome does not say. */
  const carriedBySession = async (): Promise<string | null> =>
    digestIn(await rules.getSessionRules({ ruleIds: [sentinelIds.session] }).catch(() => []), 'session');

  /** Session rules: small, replaced whole, and only when they say something new. */
  async function writeSession(documents: Documents, situation: Situation, carried: string | null) {
    const standing = standingOf(documents, situation);
    const { session, notFitted } = compileStanding(standing, blockPage);
    const sessionDigest = await sha256Hex(JSON.stringify(session));
    const rewritten = carried !== sessionDigest.slice(0, 40);
    if (rewritten) await rules.replaceSession([sentinel('session', sessionDigest), ...session], carried);
    return { standing, notFitted, sessionDigest, rewritten, rules: session.length };
  }

  /** A class waits until Chrome has its rules: what is only noted, is noted afterwards. */
  async function applyNow(atOnce: boolean): Promise<InForce | null> {
    const [before, now, found, wasForPupils] = await Promise.all([
      store.get('inForce').catch(() => undefined),
      read('without-lists'),
      carriedBySession(),
      rules.isForPupils(),
    ]);
    const forPupils = isPupil(now.situation.stage);
    const refusedWhole = async (error: unknown) => {
      await troubles.note('rules', 'rules-refused', messageOf(error));
      return before ?? null;
    };
    try {
      // On before anything opens for a pupil; off only once an adult's rules are there.
      if (forPupils && !wasForPupils) await rules.setForPupils(true);
    } catch (error) {
      return refusedWhole(error);
    }
    const { lists, refused, carried } = await applyLists(now, before, atOnce, found);
    const documents = { ...now.documents, listsInForce: lists !== null };
    let written: Awaited<ReturnType<typeof writeSession>>;
    try {
      written = await writeSession(documents, now.situation, carried);
      if (!forPupils && wasForPupils) await rules.setForPupils(false);
      if (!refused) await troubles.over('lists');
      await troubles.over('rules');
      if (now.state.state === 'known') await troubles.over('store');
    } catch (error) {
      if (!refused) await troubles.over('lists');
      return refusedWhole(error);
    }
    const inForce: InForce = {
      at: clock.now(),
      stage: now.situation.stage,
      versions: { ...versionsOf(now.held), catalogue: lists?.catalogue ?? null },
      lists,
      sessionDigest: written.sessionDigest,
      rules: { session: written.rules, dynamic: (lists?.of.length ?? 0) * 2 },
      notFitted: written.notFitted,
      unread: written.standing.unread,
      holdsUntil: written.standing.holdsUntil,
      ending: nextEnding(documents, now.situation, written.standing),
    };
    // On a full disk nothing can be noted, and what has ended ends all the same: the next beat judges it again.
    const isNoted = await store.set('inForce', inForce).then(
      () => true,
      () => false,
    );
    await keepTime(store, clock);
    await applied?.(inForce);
    // Pages answer news by applying again: told without a change, two of them would talk for ever.
    if (written.rewritten || forPupils !== wasForPupils || (isNoted && !isSame(before, inForce))) changed();
    return inForce;
  }

  return {
    /** What holds now, with the lists that Chrome enforces. */
    read: () => read('with-lists'),
    /** `atOnce`: at launch or in a quiet moment, when re-indexing large lists disturbs nobody. */
    async apply(atOnce = false): Promise<InForce | null> {
      return await navigator.locks.request('keystage-rules', () => applyNow(atOnce));
    },
  };
}

const nothingKnown = (now: number): Starting => ({
  held: { policy: null, orders: null, catalogue: null },
  situation: unknownSituation(now),
  documents: { policy: null, orders: null, lists: new Map(), listsInForce: false },
  state: { state: 'unknown' },
});

/** The account is hashed once for each salt: every page in view reads the situation. */
const hashedBefore = new Map<string, string>();

async function asPolicyWrites(situation: Situation, salt: string | undefined): Promise<Situation> {
  if (salt === undefined || situation.pupil === undefined) return situation;
  const text = accountToHash(salt, situation.pupil);
  const pupilHashed = hashedBefore.get(text) ?? hashedAccount(await sha256Hex(text));
  hashedBefore.set(text, pupilHashed);
  return { ...situation, pupilHashed };
}

/** True if nothing but the moment differs. */
const isSame = (before: InForce | undefined, now: InForce): boolean =>
  JSON.stringify({ ...before, at: 0 }) === JSON.stringify({ ...now, at: 0 });

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
