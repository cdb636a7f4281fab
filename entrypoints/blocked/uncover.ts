/** A way back that leads nowhere (a tab that was emptied) is noticed after this long, in milliseconds. */
const NOWHERE_AFTER_MS = 8_000;

/**
 * Takes a cover away: back to the page that it stands in front of, which Chrome keeps with what was typed into it
 * (docs/decisions/011); to load its address anew would lose that.
 */
export function uncover(address: string, window: Pick<Window, 'history' | 'location' | 'setTimeout'>): void {
  if (window.history.length < 2) {
    window.location.replace(address);
    return;
  }
  window.history.back();
  window.setTimeout(() => window.location.replace(address), NOWHERE_AFTER_MS);
}
