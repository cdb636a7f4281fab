/** The hosts of a list: looked up by name, or read through. A `Set` is one, for short lists. */
export type Hosts = {
  has(host: string): boolean;
  readonly size: number;
  [Symbol.iterator](): Iterator<string>;
};

const NEWLINE = 10;
/** How much text is decoded at once, so that reading a list through needs little memory beside it. */
const CHUNK = 1 << 16;

/**
 * A list in the memory of its own text, as it travels: one host a line, each once, `\n` after it. A table of offsets
 * finds a name and the text itself confirms it, so that nothing is ever closed by two names with one hash.
 * `tests/bench/decide.ts` measures it against a `Set` of strings, which takes several times the memory.
 *
 * `bytes` is kept and not copied: leave it as it is.
 */
export function hostsIn(bytes: Uint8Array): Hosts {
  const size = countLines(bytes);
  // At most 70 % full: a name that is not there is known after two or three looks.
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(size / 0.7 + 2)));
  const mask = slots.length - 1;
  for (let start = 0; start < bytes.length; ) {
    let end = start;
    let hash = SEED;
    for (; end < bytes.length && bytes[end] !== NEWLINE; end++) hash = step(hash, bytes[end] ?? 0);
    if (end > start) {
      let slot = spread(hash) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = start + 1;
    }
    start = end + 1;
  }
  return {
    size,
    has(host) {
      let hash = SEED;
      for (let at = 0; at < host.length; at++) hash = step(hash, host.charCodeAt(at));
      for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
        const offset = slots[slot] ?? 0;
        if (offset === 0) return false;
        if (isLine(bytes, offset - 1, host)) return true;
      }
    },
    *[Symbol.iterator]() {
      const decoder = new TextDecoder();
      for (let start = 0; start < bytes.length; ) {
        const cut = bytes.indexOf(NEWLINE, Math.min(start + CHUNK, bytes.length));
        const end = cut < 0 ? bytes.length : cut;
        for (const name of decoder.decode(bytes.subarray(start, end)).split('\n')) if (name) yield name;
        start = end + 1;
      }
    },
  };
}

/** The same from names that are not at hand as text; one that stands twice counts once. */
export const hostsFrom = (names: Iterable<string>): Hosts =>
  hostsIn(new TextEncoder().encode([...new Set(names)].map((name) => `${name}\n`).join('')));

// FNV-1a, and a last stir, because neighbours in a sorted list share most of their letters.
const SEED = 0x811c9dc5;
const step = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);
const spread = (hash: number): number => {
  const stirred = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (stirred ^ (stirred >>> 13)) >>> 0;
};

/** True if the line that begins at `start` is this name. A name with other than ASCII letters is no line of a list. */
function isLine(bytes: Uint8Array, start: number, name: string): boolean {
  const end = start + name.length;
  if (end < bytes.length && bytes[end] !== NEWLINE) return false;
  for (let at = 0; at < name.length; at++) if (bytes[start + at] !== name.charCodeAt(at)) return false;
  return name !== '';
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let start = 0; start < bytes.length; ) {
    const cut = bytes.indexOf(NEWLINE, start);
    const end = cut < 0 ? bytes.length : cut;
    if (end > start) lines++;
    start = end + 1;
  }
  return lines;
}
