import { categoriesNeeded, compileLists, digestIn, sentinel } from '../rules/compile.ts';
import type { KnownStage } from '../rules/stages.ts';
import { type Standing, standingOf } from '../rules/standing.ts';
import { sentinelIds } from '../rules/tiers.ts';
import type { Clock } from './clock.ts';
import { sha256Hex } from './digest.ts';
import type { InForce, Ruleset, Starting } from './enforce.ts';
import { documentsFor, everOf, type Held, type ListInForce, textsOf, versionsOf } from './held.ts';
import type { Store } from './store.ts';

type Lists = InForce['lists'];
/** What the store holds texts of, by their content. */
type Texts = ReadonlySet<string>;

/** What `decideLists` found: leave Chrome's rules as they are, or write new ones. */
export type ListsStep =
  | { step: 'keep'; lists: Lists }
  | {
      step: 'write';
      lists: NonNullable<Lists>;
      rules: Parameters<Ruleset['replaceDynamic']>[0];
      /** Categories or tiers change, come or go, so until it is done nothing may rely on either set. */
      closeFirst: boolean;
    };

/** Large lists wait for a quiet moment, but no longer than this after they came (DESIGN §7). */
const WAIT_AT_MOST_MS = 24 * 3_600_000;
/** Rises when `compileLists` means something new by the same documents. */
const COMPILER = 1;

const isNamed = ({ category }: ListInForce, lists: readonly ListInForce[]): boolean =>
  lists.some((list) => list.category === category);

/** The large lists: dynamic rules, slow to write, so written only when they must be (DESIGN §7). */
export function createListsInForce(rules: Ruleset, store: Store, clock: Clock, blockPage: string) {
  const digestOf = (lists: readonly ListInForce[], stage: KnownStage, standing: Standing) =>
    sha256Hex(
      JSON.stringify([COMPILER, blockPage, stage, lists, standing.closedAlways, standing.closedAlone]),
    );

  /** What cannot be read is not here. */
  const textsHere = async (): Promise<Texts> => new Set(await store.listKeys().catch(() => []));

  /** The lists that Chrome should enforce, or null while some that are needed are not downloaded yet. */
  function wantedLists(held: Held, stage: KnownStage, here: Texts): ListInForce[] | null {
    if (!held.policy) return null;
    const needed = categoriesNeeded(everOf(held), stage);
    if (needed.length === 0) return [];
    if (!held.catalogue) return null;
    const wanted = held.catalogue.lists.filter(({ category }) => needed.includes(category));
    // A catalogue without any list that the stage closes by is a mistake, not an open web.
    if (wanted.length === 0) return null;
    const named = wanted.map(({ category, sha256, paths }) => ({
      category,
      sha256,
      ...(paths ? { paths: paths.sha256 } : {}),
    }));
    return named.flatMap(textsOf).every((sha256) => here.has(sha256)) ? named : null;
  }

  /**
   * The lists that Chrome enforces now: those we wrote last, if they are there still. To look costs half a second with
   * a million names there, whichever rule is asked for, and they are lost only at a start: else what we wrote counts.
   */
  async function standingLists(before: InForce | undefined, look: boolean): Promise<Lists> {
    if (!look && !before?.lists?.unsure) return before?.lists ?? null;
    const carried = digestIn(await rules.getDynamicRules({ ruleIds: [sentinelIds.dynamic] }), 'dynamic');
    if (!before?.lists || carried !== before.lists.digest.slice(0, 40)) return null;
    const { unsure: _, ...lists } = before.lists;
    return lists;
  }

  /** As long as the store has their texts too: what no verdict can be made of is not in force. */
  function ifTextsAreHere(lists: Lists, here: Texts): Lists {
    return lists?.of.flatMap(textsOf).every((sha256) => here.has(sha256)) ? lists : null;
  }

  /** The standing lists, if they close every category that this stage closes and that the school has a list for. */
  function ifTheyCover(lists: Lists, held: Held, stage: KnownStage): Lists {
    const needed = categoriesNeeded(everOf(held), stage);
    const listed = held.catalogue?.lists.map(({ category }) => category) ?? needed;
    const have = lists?.of.map(({ category }) => category) ?? [];
    return needed.filter((category) => listed.includes(category)).every((category) => have.includes(category))
      ? lists
      : null;
  }

  return {
    /**
     * `atOnce`: at launch or in a quiet moment, when re-indexing disturbs nobody. `look`: whether the lists may be
     * gone, so that what we wrote last counts for nothing.
     */
    async decide(
      { held, situation, documents }: Starting,
      before: InForce | undefined,
      { atOnce, look }: { atOnce: boolean; look: boolean },
    ): Promise<ListsStep> {
      const standing = standingOf(documents, situation);
      const here = await textsHere();
      const now = ifTextsAreHere(await standingLists(before, atOnce || look), here);
      const wanted = wantedLists(held, situation.stage, here);
      if (!wanted) return { step: 'keep', lists: ifTheyCover(now, held, situation.stage) };
      const digest = await digestOf(wanted, situation.stage, standing);
      if (now?.digest === digest) return { step: 'keep', lists: now };
      const sameClosing = now !== null && now.digest === (await digestOf(now.of, situation.stage, standing));
      const overdue =
        held.catalogue !== null && clock.now() - Date.parse(held.catalogue.issuedAt) > WAIT_AT_MOST_MS;
      const isEnough = ifTheyCover(now, held, situation.stage) !== null;
      // The old lists still close what this stage closes: a better moment will come.
      if (sameClosing && isEnough && !atOnce && !overdue) return { step: 'keep', lists: now };
      const withLists = await documentsFor(held, wanted, null, store);
      if (!withLists.listsInForce) return { step: 'keep', lists: ifTheyCover(now, held, situation.stage) };
      return {
        step: 'write',
        lists: { digest, of: wanted, catalogue: versionsOf(held).catalogue, at: clock.now() },
        rules: [sentinel('dynamic', digest), ...compileLists(withLists, standing, blockPage)],
        closeFirst: !sameClosing || !isEnough || now.of.some((old) => !isNamed(old, wanted)),
      };
    },
    /** After a refused update: atomic, so what was enforced is enforced still, if it was there and is enough. */
    afterRefusal: async ({ held, situation }: Starting, before: InForce | undefined): Promise<Lists> =>
      ifTheyCover(
        ifTextsAreHere(await standingLists(before, true), await textsHere()),
        held,
        situation.stage,
      ),
  };
}
