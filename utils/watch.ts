import { parseAddress } from '../rules/address.ts';
import type { TierName } from '../rules/tiers.ts';
import { asCover, closedAddress } from './block-page.ts';
import type { ClosedFrames } from './closed-frames.ts';
import { createFramesSeen } from './frames-seen.ts';
import type { Holding, Holds } from './holding.ts';
import { type InView, isEmptyWindow, shownIn } from './in-view.ts';
import type { SiteWorkers } from './site-workers.ts';
import type { StoppedFrames } from './stopped-frames.ts';

/*
 * `committed` runs for every page of every child, just when the page loads what it needs: no storage and no call of
 * Chrome before the verdict. What holds is in memory; `forget` it when that changes (docs/performance.md, page load).
 */

/** What Chrome's rules cannot see, by the address in view: CHROME-FACTS 4. */
const unseen = /^(data|blob|file|filesystem):/i;
const REFUSED_BY_RULE = 'net::ERR_BLOCKED_BY_CLIENT';
const isWeb = (url: string): boolean => /^https?:/i.test(url);

/** What the listeners ask Chrome for: it wakes nobody for `about:` and `chrome:`, of which pages are full. */
export const web = { schemes: ['http', 'https'] };
export const watched = { schemes: ['http', 'https', 'data', 'blob', 'file', 'filesystem'] };

/** Our block page too: a redirect may end there. */
export const ours = { schemes: ['chrome-extension'] };

/** A tab as Chrome lists it. */
export type Tab = {
  id?: number | undefined;
  url?: string | undefined;
  pendingUrl?: string | undefined;
  discarded?: boolean | undefined;
};
/** A page or frame as Chrome lists it; what our rules closed stands there with its address and an error. */
export type Frame = {
  frameId: number;
  url: string;
  errorOccurred?: boolean | undefined;
  documentLifecycle?: string | undefined;
};
export type Navigation = {
  tabId: number;
  frameId: number;
  url: string;
  documentLifecycle?: string | undefined;
};

type Parts = {
  holding: Holding;
  inView: InView;
  tabs: {
    all(): Promise<Tab[]>;
    /** The address of the tab's page; undefined if the tab is gone. */
    addressOf(tabId: number): Promise<string | undefined>;
    framesOf(tabId: number): Promise<Frame[]>;
    show(tabId: number, url: string): Promise<unknown>;
  };
  siteWorkers: SiteWorkers;
  closedFrames: ClosedFrames;
  stoppedFrames: StoppedFrames;
  /** The page that wrote an `about:blank` window, if one did. */
  openerOf: (tabId: number) => Promise<string | undefined>;
  blockPage: string;
};

/** The net under Chrome's rules: judges pages that are there already, and those that no rule meets (promise 8). */
export function createWatch(parts: Parts) {
  const { holding, inView, tabs, siteWorkers, closedFrames, stoppedFrames, openerOf, blockPage } = parts;
  const framesSeen = createFramesSeen(isWeb);

  /** The block page for what a tab shows, or null if it may stay. */
  async function insteadOf(holds: Holds, url: string): Promise<string | null> {
    if (unseen.test(url)) {
      // What an adult opens from disk is theirs; a pupil's data:, blob: or file: page is nobody's site.
      if (!holds.standing.guarded) return null;
      return closedAddress(blockPage, 'packaged' satisfies TierName, /^data:/i.test(url) ? 'data:' : url);
    }
    const closed = await inView.closing(holds, url);
    return closed && closedAddress(blockPage, closed.tier, url, closed.category);
  }

  /** The block page for a frame inside a page, or null. */
  async function insteadOfFrame(
    holds: Holds,
    url: string,
    top: () => Promise<string>,
  ): Promise<string | null> {
    // Whatever stands around it can only open it: what is open by itself needs no further look.
    if (!(await inView.closing(holds, url, { as: 'frame', top: null }))) return null;
    const around = parseAddress(shownIn(await top()));
    const closed = await inView.closing(holds, url, { as: 'frame', top: around });
    return closed && closedAddress(blockPage, closed.tier, url, closed.category);
  }

  /** While nothing is known everything is closed, and what an approved site keeps for working offline must outlive that. */
  const forgetWorker = async ({ standing }: Holds, url: string) =>
    standing.known && (await siteWorkers.remove(url));

  async function judgeFrame({ tabId, url }: Navigation, holds: Holds): Promise<void> {
    const top = async () => (await tabs.addressOf(tabId)) ?? '';
    const instead = await insteadOfFrame(holds, url, top);
    if (instead) await closedFrames.takeAway(tabId, url, await top(), instead);
  }

  async function sweepTab({ id, url, pendingUrl = '', discarded }: Tab, holds: Holds): Promise<void> {
    // Ours is on its way already.
    if (id === undefined || pendingUrl.startsWith(blockPage)) return;
    const inTab = shownIn(url ?? '');
    // An empty window shows what some page wrote into it, and stands or falls with that.
    const shown = isEmptyWindow(inTab) ? ((await openerOf(id)) ?? inTab) : inTab;
    // What is in view and what is on its way: a page must not outlive its end by going where no answer comes from.
    for (const [there, cover] of [
      [shown, asCover],
      [shownIn(pendingUrl), (instead: string) => instead],
    ] as const) {
      const instead = there && (await insteadOf(holds, there));
      if (instead)
        return void (await Promise.all([tabs.show(id, cover(instead)), forgetWorker(holds, there)]));
    }
    if (discarded || !(isWeb(inTab) || isEmptyWindow(inTab))) return;
    await sweepFrames(id, shown, holds);
  }

  async function sweepFrames(tabId: number, top: string, holds: Holds): Promise<void> {
    const frames = await tabs.framesOf(tabId);
    const stopped = frames.some(({ errorOccurred }) => errorOccurred) ? await stoppedFrames.of(tabId) : [];
    // An error's page is what our rules have left there; a load that was stopped stands all the same.
    const there = frames.filter(
      ({ frameId, url, errorOccurred, documentLifecycle = 'active' }) =>
        frameId !== 0 &&
        (!errorOccurred || stopped.includes(frameId)) &&
        documentLifecycle === 'active' &&
        isWeb(url),
    );
    for (const url of [...there.map(({ url }) => url), ...framesSeen.hiddenIn(tabId, frames)]) {
      const closed = await insteadOfFrame(holds, url, async () => top);
      if (!closed) continue;
      // Once is enough: the page is loaded again, or gone.
      await stoppedFrames.forget(tabId);
      return closedFrames.takeAway(tabId, url, top, closed);
    }
  }

  return {
    /** Every open tab and frame is judged again: at launch, and whenever what is in force has changed. */
    async sweep(): Promise<void> {
      holding.forget();
      const [holds, open] = await Promise.all([holding.now(), tabs.all()]);
      framesSeen.forgetBut(open);
      // A tab that is gone by now is closed as well as can be.
      await Promise.all(open.map((tab) => sweepTab(tab, holds).catch(() => undefined)));
    },
    /** A page or frame is there: a site's own worker answered for it, or it is data:, blob: or a file. */
    async committed(navigation: Navigation): Promise<void> {
      const { tabId, frameId, url, documentLifecycle } = navigation;
      // Nobody sees it yet, and the tab's page is another: it is judged when it is shown.
      if (documentLifecycle === 'prerender') return;
      if (frameId === 0) {
        closedFrames.pageCommitted(tabId);
        framesSeen.pageCommitted(tabId);
      } else if (isWeb(url)) framesSeen.note(tabId, frameId, url);
      else return;
      const holds = await holding.now();
      if (frameId !== 0) return judgeFrame(navigation, holds);
      const instead = await insteadOf(holds, url);
      if (instead) await Promise.all([tabs.show(tabId, instead), forgetWorker(holds, url)]);
    },
    /** A page or frame has changed its own address without loading: pushState, replaceState, the Navigation API. */
    async addressChanged(navigation: Navigation): Promise<void> {
      const holds = await holding.now();
      if (navigation.frameId !== 0) return judgeFrame(navigation, holds);
      const instead = await insteadOf(holds, navigation.url);
      if (instead) await tabs.show(navigation.tabId, instead);
    },
    /** Chrome's own error page stands where a rule without a block page closed something (`compileLists`, paths). */
    async refused({ tabId, frameId, url, error }: Navigation & { error?: string }): Promise<void> {
      const isByRule = error === REFUSED_BY_RULE;
      if (frameId !== 0) return isByRule ? undefined : stoppedFrames.note(tabId, frameId);
      if (!isByRule) return;
      const instead = await insteadOf(await holding.now(), url);
      if (instead) await tabs.show(tabId, instead);
    },
    /** Another context of ours has brought something new in force. */
    heard(news: string): void {
      if (news === 'rules') holding.forget();
    },
  };
}
