import type { Chrome } from './chrome.ts';

/** How long a page may keep its tab before it is thrown out, in milliseconds. */
const MAY_STAY_MS = 500;

/**
 * Shows an address of ours in a tab in place of what is there. A page that asks "leave this site?" would stay in view,
 * with its sound, until somebody answers; discarding asks nobody, and keeps the way back. Never fails: a tab that is
 * gone is closed as well as can be.
 */
export async function showInstead(browser: Chrome, tabId: number, url: string): Promise<void> {
  try {
    await browser.tabs.update(tabId, { url });
  } catch {
    return;
  }
  // Nobody waits for this: most pages have gone by then.
  setTimeout(() => void throwOut(browser, tabId, url).catch(() => undefined), MAY_STAY_MS);
}

async function throwOut(browser: Chrome, tabId: number, url: string): Promise<void> {
  if ((await browser.tabs.get(tabId)).pendingUrl !== url) return;
  const emptied = await browser.tabs.discard(tabId);
  if (emptied?.id !== undefined) await browser.tabs.update(emptied.id, { url });
}
