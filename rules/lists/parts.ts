/** In bytes of plain text: a part that is lost to a cut costs a second of a slow line. */
const PART_AT_LEAST = 256_000;
const PART_AT_MOST = 768_000;
/** One name in so many ends a part that is large enough. */
const ONE_IN = 4_096;

/** Names as the text whose SHA-256 names them: one a line, in this order, `\n` after each. */
export const textOf = (names: readonly string[]): string => (names.length > 0 ? `${names.join('\n')}\n` : '');

/**
 * Cuts sorted names into parts, at names that say so themselves: where nothing changed, two versions of a list have
 * the same parts, so that a device without a delta still fetches only the others.
 */
export function cutParts(names: readonly string[]): string[][] {
  const parts: string[][] = [];
  let from = 0;
  let bytes = 0;
  for (let at = 0; at < names.length; at++) {
    const name = names[at] ?? '';
    bytes += name.length + 1;
    if (bytes < PART_AT_LEAST || (bytes < PART_AT_MOST && hashOf(name) % ONE_IN !== 0)) continue;
    parts.push(names.slice(from, at + 1));
    from = at + 1;
    bytes = 0;
  }
  if (from < names.length) parts.push(names.slice(from));
  return parts;
}

/** FNV-1a with its bits stirred: every letter tells in the low ones. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
