import type { Hosts } from './hosts.ts';

const NEWLINE = 10;
const DOT = 46;

/** So many names of a list lie below a domain, and the first few of them. */
export type NamesBelow = { count: number; first: string[] };

/** The names of a list that lie below a domain, not the domain itself. */
export function namesBelow(hosts: Hosts, domain: string, atMost: number): NamesBelow {
  if (hosts.below) return hosts.below(domain, atMost);
  const first: string[] = [];
  let count = 0;
  for (const name of hosts)
    if (name.endsWith(`.${domain}`)) {
      count += 1;
      if (first.length < atMost) first.push(name);
    }
  return { count, first };
}

/**
 * The same for a list in the text that it travels as. A table of every parent's hash is made when it is first asked:
 * hardly any domain that an adult names is the parent of a listed one, and only then is the text read through.
 */
export function createBelow(bytes: Uint8Array): (domain: string, atMost: number) => NamesBelow {
  const parents = parentsIn(bytes);
  return (domain, atMost) => {
    const found: NamesBelow = { count: 0, first: [] };
    const end = new TextEncoder().encode(`.${domain}`);
    let hash = SEED;
    for (let at = end.length - 1; at > 0; at--) hash = step(hash, end[at] ?? 0);
    if (!parents.has(hash >>> 0)) return found;
    eachLine(bytes, (from, to) => {
      const begins = to - end.length;
      if (begins <= from) return;
      for (let at = 0; at < end.length; at++) if (bytes[begins + at] !== end[at]) return;
      found.count += 1;
      if (found.first.length < atMost) found.first.push(new TextDecoder().decode(bytes.subarray(from, to)));
    });
    return found;
  };
}

// FNV-1a from the last letter on: at each dot it is the hash of a parent.
const SEED = 0x811c9dc5;
const step = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);

function parentsIn(bytes: Uint8Array): ReadonlySet<number> {
  const parents = new Set<number>();
  eachLine(bytes, (from, to) => {
    let hash = SEED;
    for (let at = to - 1; at >= from; at--) {
      const code = bytes[at] ?? 0;
      if (code === DOT) parents.add(hash >>> 0);
      hash = step(hash, code);
    }
  });
  return parents;
}

function eachLine(bytes: Uint8Array, see: (from: number, to: number) => void): void {
  for (let from = 0; from < bytes.length; ) {
    const cut = bytes.indexOf(NEWLINE, from);
    const to = cut < 0 ? bytes.length : cut;
    if (to > from) see(from, to);
    from = to + 1;
  }
}
