/** A page that closes again at once must not be tried in a circle. */
const AGAIN_AFTER_MS = 10_000;

/**
 * Goes to an address that has opened, once. False if this was just tried and led back here: then the verdict and
 * Chrome's rules are not one yet, and the page stays.
 */
export function goOn(address: string, storage: Storage, go: (address: string) => void, now: number): boolean {
  const key = `went-on:${address}`;
  if (now - Number(storage.getItem(key) ?? 0) < AGAIN_AFTER_MS) return false;
  storage.setItem(key, String(now));
  go(address);
  return true;
}
