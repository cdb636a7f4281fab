import { parseAddress } from '../rules/address.ts';
import { helpHosts } from '../rules/help.ts';
import type { SessionStorage } from './session-storage.ts';

type Trail = { host: string; from?: string; opener?: string };

const isWeb = (url: string): boolean => /^https?:/i.test(url);

/** Written when a page has had this long to load, in milliseconds; a worker lives longer after every event. */
const WRITE_AFTER_MS = 250;

/**
 * Which host each tab's page was opened from: one host a tab, forgotten with the tab, sent only with a report. Of a
 * window that another page opened also that page's address: who opened it can write into it, whatever it shows.
 */
export function createOpenedFrom(
  storage: SessionStorage,
  /** The address in a tab's frame; undefined where there is none. */
  addressIn: (tabId: number, frameId: number) => Promise<string | undefined>,
  later: (write: () => void) => unknown = (write) => setTimeout(write, WRITE_AFTER_MS),
) {
  const keyOf = (tabId: number) => `from:${tabId}`;
  /** What this run of the worker knows; null is a tab without a trail. */
  const trails = new Map<number, Trail | null>();
  const unwritten = new Set<number>();

  async function read(tabId: number): Promise<Trail | null> {
    const known = trails.get(tabId);
    if (known !== undefined) return known;
    const stored = ((await storage.get(keyOf(tabId)))[keyOf(tabId)] ?? null) as Trail | null;
    // A newer page may have come while this was read.
    const newer = trails.get(tabId);
    if (newer !== undefined) return newer;
    trails.set(tabId, stored);
    return stored;
  }

  function write(): void {
    const items = [...unwritten].map((tabId) => [keyOf(tabId), trails.get(tabId)]);
    unwritten.clear();
    if (items.length > 0) void storage.set(Object.fromEntries(items)).catch(() => undefined);
  }

  function keep(tabId: number, trail: Trail): void {
    trails.set(tabId, trail);
    if (unwritten.size === 0) later(write);
    unwritten.add(tabId);
  }

  /** A frame without an address is its page's; a window without one, its own opener's. Help is never written down. */
  async function openerAddress(
    { sourceTabId, sourceFrameId }: { sourceTabId: number; sourceFrameId: number },
    source: Trail | null,
  ): Promise<string | undefined> {
    const inFrame = await addressIn(sourceTabId, sourceFrameId);
    const inTab = inFrame && isWeb(inFrame) ? inFrame : await addressIn(sourceTabId, 0);
    const opener = inTab && isWeb(inTab) ? inTab : source?.opener;
    const host = opener && parseAddress(opener)?.host;
    return host && !helpHosts.includes(host) ? opener : undefined;
  }

  return {
    async of(tabId: number | null): Promise<string | undefined> {
      return tabId === null ? undefined : (await read(tabId))?.from;
    },
    /**
     * The page that wrote what an `about:blank` window shows: its opener, or else what stood in the tab before, which
     * is all that is known where another window emptied it.
     */
    async openerOf(tabId: number | null): Promise<string | undefined> {
      const trail = tabId === null ? null : await read(tabId);
      return trail?.opener ?? (trail?.host ? `https://${trail.host}/` : undefined);
    },
    /** A link or form led here, or a typed address did. */
    async committed(navigation: {
      tabId: number;
      frameId: number;
      url: string;
      transitionType: string;
      documentLifecycle?: string | undefined;
    }): Promise<void> {
      const { tabId, frameId, url, transitionType, documentLifecycle } = navigation;
      // What Chrome prepares in the background nobody has visited.
      if (frameId !== 0 || documentLifecycle === 'prerender') return;
      const host = parseAddress(url)?.host;
      if (!host) return;
      // A visit to help is never written down, not even as the way to somewhere else (DESIGN §6).
      if (helpHosts.includes(host)) {
        trails.set(tabId, null);
        unwritten.delete(tabId);
        return storage.remove(keyOf(tabId));
      }
      const before = await read(tabId);
      if (before?.host === host) return;
      const led = transitionType === 'link' || transitionType === 'form_submit';
      const from = led ? before?.host || before?.from : undefined;
      // Its opener can empty the window again, and write into it.
      const opener = before?.opener;
      keep(tabId, { host, ...(from ? { from } : {}), ...(opener ? { opener } : {}) });
    },
    /** A page opened a new tab: what is there comes from its host. */
    async openedTab(opened: {
      sourceTabId: number;
      sourceFrameId: number;
      tabId: number;
      url: string;
    }): Promise<void> {
      const source = await read(opened.sourceTabId);
      const opener = await openerAddress(opened, source);
      const from = source?.host || source?.from;
      if (!from && !opener) return;
      keep(opened.tabId, { host: '', ...(from ? { from } : {}), ...(opener ? { opener } : {}) });
    },
    async tabClosed(tabId: number): Promise<void> {
      trails.delete(tabId);
      unwritten.delete(tabId);
      await storage.remove(keyOf(tabId));
    },
  };
}
