/** Pages with more frames than this are full of advertisements; the newest count. */
const AT_MOST = 200;

type Listed = { frameId: number; url: string };

/**
 * Where the frames of each page in view have been, in memory only. A site that is open can put its own `blob:` or an
 * empty document in the place of its frame: Chrome lists that under no address of the web, or not at all, and what it
 * shows is still the site's. Forgotten with the page, and when the worker ends.
 */
export function createFramesSeen(isWeb: (url: string) => boolean) {
  const seen = new Map<number, Map<number, string>>();
  return {
    /** A frame of a page has come to this address. */
    note(tabId: number, frameId: number, url: string): void {
      const frames = seen.get(tabId) ?? new Map<number, string>();
      seen.set(tabId, frames);
      frames.delete(frameId);
      frames.set(frameId, url);
      const [oldest] = frames.keys();
      if (frames.size > AT_MOST && oldest !== undefined) frames.delete(oldest);
    },
    /** Another page is there, with frames of its own. */
    pageCommitted(tabId: number): void {
      seen.delete(tabId);
    },
    /** Where those frames were last that Chrome lists under no address of the web now: replaced, or taken away. */
    hiddenIn(tabId: number, listed: readonly Listed[]): string[] {
      const shown = new Set(listed.filter(({ url }) => isWeb(url)).map(({ frameId }) => frameId));
      return [...(seen.get(tabId) ?? [])].flatMap(([frameId, url]) => (shown.has(frameId) ? [] : [url]));
    },
    /** Tabs that are gone have no frames. */
    forgetBut(tabs: readonly { id?: number | undefined }[]): void {
      const there = new Set(tabs.map(({ id }) => id));
      for (const tabId of seen.keys()) if (!there.has(tabId)) seen.delete(tabId);
    },
  };
}
