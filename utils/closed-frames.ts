import type { SiteWorkers } from './site-workers.ts';

/** How long a closed frame may stay in view while its page is asked to load again, in milliseconds. */
const MAY_STAY_MS = 1_000;
/** A frame that comes back so soon is served by somebody we cannot stop: then the whole page goes. */
const AGAIN_WITHIN_MS = 10_000;
const RELOADS = 2;

type Parts = {
  siteWorkers: SiteWorkers;
  reload: (tabId: number) => Promise<unknown>;
  show: (tabId: number, url: string) => Promise<unknown>;
  /** Calls back later, for nobody who waits. */
  later: (milliseconds: number, what: () => void) => void;
  /** Milliseconds that only grow. */
  now: () => number;
};

/**
 * Takes a closed frame out of an open page. Chrome lets nobody navigate a frame from outside (no script of ours runs in
 * pages), so the site's worker loses its registration and the page is loaded again: then Chrome's own rules close the
 * frame. Where that is not possible, or does not help, the block page takes the tab.
 */
export function createClosedFrames({ siteWorkers, reload, show, later, now }: Parts) {
  const reloads = new Map<number, { at: number; times: number; waiting: boolean }>();

  function begun(tabId: number) {
    for (const [id, { at }] of reloads) if (now() - at > AGAIN_WITHIN_MS) reloads.delete(id);
    const before = reloads.get(tabId);
    const ours = before ?? { at: now(), times: 0, waiting: false };
    reloads.set(tabId, ours);
    return ours;
  }

  return {
    /** `url` is the frame's address, `top` its page's; `instead` is the block page for it. */
    async takeAway(tabId: number, url: string, top: string, instead: string): Promise<void> {
      const ours = begun(tabId);
      const isPage = /^https?:/i.test(top);
      // Reported: what the site left here stays, so it would answer again.
      if (!isPage || !(await siteWorkers.remove(url, top))) return void (await show(tabId, instead));
      // Several closed frames of one page: the reload that is under way is theirs too.
      if (ours.waiting) return;
      if (ours.times >= RELOADS) return void (await show(tabId, instead));
      ours.times += 1;
      ours.waiting = true;
      await reload(tabId);
      // A page that asks "reload this site?" would keep the frame in view until somebody answers.
      later(MAY_STAY_MS, () => {
        if (ours.waiting) void show(tabId, instead);
      });
    },
    /** A page has come into the tab: whatever was asked to go is gone. */
    pageCommitted(tabId: number): void {
      const ours = reloads.get(tabId);
      if (ours) ours.waiting = false;
    },
  };
}

export type ClosedFrames = ReturnType<typeof createClosedFrames>;
