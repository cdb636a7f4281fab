/** A page that closes again at once must not be tried in a circle. */
export const AGAIN_AFTER_MS = 10_000;
const KEY = 'went-on';

/**
 * Goes to an address that has opened, once. False if this was just tried and led back here: then the verdict and
 * Chrome's rules are not one yet, and the page stays. What is kept names no address: 32 bits tell two apart, and only
 * the last one stays.
 */
export function goOn(address: string, storage: Storage, go: (address: string) => void, now: number): boolean {
  const mark = markOf(address);
  const [last, at] = (storage.getItem(KEY) ?? '').split(' ');
  if (last === mark && now - Number(at) < AGAIN_AFTER_MS) return false;
  storage.setItem(KEY, `${mark} ${now}`);
  go(address);
  return true;
}

/** FNV-1a in 32 bits. */
function markOf(text: string): string {
  let mark = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) mark = Math.imul(mark ^ text.charCodeAt(at), 0x01000193);
  return (mark >>> 0).toString(16);
}
