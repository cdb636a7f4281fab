import { parseAddress } from '../rules/address.ts';
import { judge } from '../rules/decide.ts';
import { standingOf } from '../rules/standing.ts';
import type { TierName } from '../rules/tiers.ts';
import { asCover, closedAddress } from './block-page.ts';
import type { Enforcement } from './enforce.ts';
import { inMemory } from './in-memory.ts';

/*
 * `committed` runs for every page of every child, just when the page loads what it needs: no storage and no call of
 * Chrome before the verdict. What holds is in memory; `forget` it when that changes (docs/performance.md, page load).
 */

/** What Chrome's rules cannot see, by the address in view: CHROME-FACTS 4. */
const unseen = /^(data|blob|file|filesystem):/i;
const REFUSED_BY_RULE = 'net::ERR_BLOCKED_BY_CLIENT';

export type Tabs = {
  all(): Promise<{ id?: number | undefined; url?: string | undefined; pendingUrl?: string | undefined }[]>;
  show(tabId: number, url: string): Promise<unknown>;
};

/** The net under Chrome's rules: judges pages that are there already, and those that no rule meets (promise 8). */
export function createWatch(
  enforcement: Pick<Enforcement, 'read'>,
  tabs: Tabs,
  blockPage: string,
  /** Whether a licensed list names the address (`illegal.ts`): locked for everybody, before all else. */
  isIllegal: (url: string) => Promise<boolean> = async () => false,
  /** Device time, in milliseconds. */
  time: () => number = Date.now,
) {
  /** What holds now; read once for as many tabs as there are. */
  async function holding() {
    const { documents, situation } = await enforcement.read();
    return { documents, situation, standing: standingOf(documents, situation) };
  }
  type Holding = Awaited<ReturnType<typeof holding>>;
  const held = inMemory(
    holding,
    time,
    ({ standing }) => standing.holdsUntil === null || time() < standing.holdsUntil,
  );

  /** Where a page should be instead, or null if it may stay. */
  function elsewhere({ documents, standing }: Holding, url: string): string | null {
    if (unseen.test(url)) {
      // What an adult opens from disk is theirs; a pupil's data:, blob: or file: page is nobody's site.
      if (!standing.guarded) return null;
      const shown = /^data:/i.test(url) ? 'data:' : url;
      return closedAddress(blockPage, 'packaged' satisfies TierName, shown);
    }
    const address = parseAddress(url);
    if (!address) return null;
    const verdict = judge(standing, documents, address);
    return verdict.open ? null : closedAddress(blockPage, verdict.tier, url, verdict.category);
  }

  /** A list that cannot be read must not stop the rest of the judging. */
  async function insteadOf(url: string, holds: () => Promise<Holding>): Promise<string | null> {
    if (await isIllegal(url).catch(() => false))
      return closedAddress(blockPage, 'locked' satisfies TierName, url, 'illegal');
    return elsewhere(await holds(), url);
  }

  /** A page is there, or has changed its own address: a service worker's answer, data:, blob:, pushState. */
  async function committed({
    tabId,
    frameId,
    url,
  }: {
    tabId: number;
    frameId: number;
    url: string;
  }): Promise<void> {
    if (frameId !== 0) return;
    if (!unseen.test(url) && !parseAddress(url)) return;
    const instead = await insteadOf(url, held.now);
    if (instead) await tabs.show(tabId, instead).catch(() => undefined);
  }

  return {
    committed,
    /** What holds has changed elsewhere: the next page is judged by what the store says then. */
    forget: held.forget,
    /** Every open tab is judged again: at launch, and whenever what is in force has changed. */
    async sweep(): Promise<void> {
      held.forget();
      const [now, open] = await Promise.all([held.now(), tabs.all()]);
      await Promise.all(
        open.map(async ({ id, url, pendingUrl }) => {
          const shown = pendingUrl || url;
          const instead = id !== undefined && shown ? await insteadOf(shown, async () => now) : null;
          // A tab may be gone by now: then it is closed as well as can be.
          if (id !== undefined && instead)
            await tabs.show(id, pendingUrl ? instead : asCover(instead)).catch(() => undefined);
        }),
      );
    },
    /** Chrome's own error page stands where a rule without a block page closed something (`compileLists`, paths). */
    async refused(navigation: {
      tabId: number;
      frameId: number;
      url: string;
      error?: string;
    }): Promise<void> {
      if (navigation.error === REFUSED_BY_RULE) await committed(navigation);
    },
  };
}
