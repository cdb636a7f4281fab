import { createBelow, type NamesBelow } from './hosts-below.ts';

/** The hosts of a list: looked up by name, or read through. A `Set` is one, for short lists. */
export type Hosts = {
  has(host: string): boolean;
  /** True if the host, or a domain that it lies below, is here; for lists that know it quicker than label by label. */
  covers?(host: string): boolean;
  /** How many names lie below a domain, and the first of them (`hosts-below.ts`). */
  below?(domain: string, atMost: number): NamesBelow;
  readonly size: number;
  [Symbol.iterator](): Iterator<string>;
};

const NEWLINE = 10;
const DOT = 46;
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
  // A slot holds where the line begins, plus one, and above that as much of the hash as there is room for: most
  // names that are not there are known without a look into the text.
  const offsetBits = Math.ceil(Math.log2(bytes.length + 2));
  const offsetMask = 2 ** offsetBits - 1;
  const taken = ~offsetMask;
  /** Whether any line is a single label: no cleaned list has one, and then no host's last label is looked up. */
  let hasTops = false;

  for (let start = 0; start < bytes.length; ) {
    let end = start;
    while (end < bytes.length && bytes[end] !== NEWLINE) end++;
    if (end > start) {
      let hash = SEED;
      let dots = 0;
      for (let at = end - 1; at >= start; at--) {
        const code = bytes[at] ?? 0;
        if (code === DOT) dots++;
        hash = step(hash, code);
      }
      if (dots === 0) hasTops = true;
      const spread = spreadOut(hash);
      let slot = spread & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (spread & taken) | (start + 1);
    }
    start = end + 1;
  }

  let below: ReturnType<typeof createBelow> | undefined;

  /** True if the name from `from` to its end is a line; `hash` is that of these letters, last to first. */
  function isHere(name: string, from: number, hash: number): boolean {
    const spread = spreadOut(hash);
    for (let slot = spread & mask; ; slot = (slot + 1) & mask) {
      const held = slots[slot] ?? 0;
      if (held === 0) return false;
      if (((held ^ spread) & taken) === 0 && isLine(bytes, (held & offsetMask) - 1, name, from)) return true;
    }
  }

  return {
    size,
    has(host) {
      let hash = SEED;
      for (let at = host.length - 1; at >= 0; at--) hash = step(hash, host.charCodeAt(at));
      return host !== '' && isHere(host, 0, hash);
    },
    covers(host) {
      const { count, starts, hashes } = domainsOf(host);
      for (let each = hasTops || count === 1 ? 0 : 1; each < count; each++)
        if (isHere(host, starts[each] ?? 0, hashes[each] ?? 0)) return true;
      return false;
    },
    below(domain, atMost) {
      below ??= createBelow(bytes);
      return below(domain, atMost);
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
const spreadOut = (hash: number): number => {
  const stirred = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return stirred ^ (stirred >>> 13);
};

/** A host has at most 253 letters, so at most 127 labels; of a longer text the parents nearest the top count. */
const domains = { of: '', count: 0, starts: new Uint32Array(128), hashes: new Int32Array(128) };

/**
 * Where the host and each of its parents begin, with their hashes, the top one first: one pass from the last letter
 * on. The last answer is kept, because one host is held against many lists in a row.
 */
function domainsOf(host: string): typeof domains {
  if (domains.of === host) return domains;
  let hash = SEED;
  let count = 0;
  const add = (start: number) => {
    domains.starts[count] = start;
    domains.hashes[count] = hash;
    count++;
  };
  for (let at = host.length - 1; at >= 0 && count < 127; at--) {
    const code = host.charCodeAt(at);
    if (code === DOT) add(at + 1);
    hash = step(hash, code);
  }
  if (host !== '') add(0);
  domains.of = host;
  domains.count = count;
  return domains;
}

/** True if the line that begins at `start` is the name from `from` on. */
function isLine(bytes: Uint8Array, start: number, name: string, from: number): boolean {
  const end = start + name.length - from;
  if (end < bytes.length && bytes[end] !== NEWLINE) return false;
  for (let at = from; at < name.length; at++)
    if (bytes[start + at - from] !== name.charCodeAt(at)) return false;
  return true;
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
