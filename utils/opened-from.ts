import { parseAddress } from '../rules/address.ts';
import { helpHosts } from '../rules/help.ts';

/** The part of session storage that is needed: it forgets when the browser closes. */
type SessionStorage = {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
};
type Trail = { host: string; from?: string };

/** Which host each tab's page was opened from: one host a tab, forgotten with the tab, sent only with a report. */
export function createOpenedFrom(storage: SessionStorage) {
  const keyOf = (tabId: number) => `from:${tabId}`;
  const read = async (tabId: number) => (await storage.get(keyOf(tabId)))[keyOf(tabId)] as Trail | undefined;

  return {
    async of(tabId: number | null): Promise<string | undefined> {
      return tabId === null ? undefined : (await read(tabId))?.from;
    },
    /** A link or form led here, or a typed address did. */
    async committed(navigation: {
      tabId: number;
      frameId: number;
      url: string;
      transitionType: string;
    }): Promise<void> {
      if (navigation.frameId !== 0) return;
      const host = parseAddress(navigation.url)?.host;
      if (!host) return;
      // A visit to help is never written down, not even as the way to somewhere else (DESIGN §6).
      if (helpHosts.includes(host)) return storage.remove(keyOf(navigation.tabId));
      const before = await read(navigation.tabId);
      if (before?.host === host) return;
      const led = navigation.transitionType === 'link' || navigation.transitionType === 'form_submit';
      const from = led ? before?.host || before?.from : undefined;
      await storage.set({ [keyOf(navigation.tabId)]: { host, ...(from ? { from } : {}) } satisfies Trail });
    },
    /** A page opened a new tab: what is there comes from its host. */
    async openedTab({ sourceTabId, tabId }: { sourceTabId: number; tabId: number }): Promise<void> {
      const source = await read(sourceTabId);
      if (source) await storage.set({ [keyOf(tabId)]: { host: '', from: source.host } satisfies Trail });
    },
    tabClosed: (tabId: number): Promise<void> => storage.remove(keyOf(tabId)),
  };
}
