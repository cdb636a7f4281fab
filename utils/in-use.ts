import type { Chrome } from './chrome.ts';

/** A class may listen for as long as this without touching anything, and still must look up within two seconds. */
const UNTOUCHED_SECONDS = 15 * 60;

/**
 * Whether somebody may be looking at this computer: it is not locked, and was touched in the last quarter of an hour
 * or is playing something.
 */
export async function isInUse(browser: Pick<Chrome, 'idle' | 'tabs'>): Promise<boolean> {
  const state = await browser.idle.queryState(UNTOUCHED_SECONDS);
  if (state !== 'idle') return state === 'active';
  return (await browser.tabs.query({ audible: true })).length > 0;
}
