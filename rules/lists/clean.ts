import { getPublicSuffix } from 'tldts';
import { type Counts, noCounts } from './counts.ts';
import { hostIn } from './host.ts';
import { hostOfPath, pathIn } from './paths.ts';

/** Names as they come, many with reasons against them; `cleaned` is what may be closed. */
export function createCleaning() {
  const counts: Counts = noCounts();
  const names = new Set<string>();
  const paths = new Set<string>();
  return {
    counts,
    /** Takes in one name of a line. */
    add(text: string): void {
      const host = hostIn(text);
      if (host === 'notHost' || host === 'ip') counts.leftOut[host]++;
      else {
        const before = names.size;
        names.add(host);
        if (names.size === before) counts.leftOut.duplicate++;
      }
    },
    /** Takes in an address that says less than a host. */
    addPath(text: string): void {
      const path = pathIn(text);
      const host = hostIn(text.slice(0, Math.max(0, text.search(/[/:]/))));
      if (path === null) counts.leftOut[host === 'ip' ? 'ip' : 'narrower']++;
      else if (paths.has(path)) counts.leftOut.duplicate++;
      else paths.add(path);
    },
    /** How many different names and addresses there are so far. */
    size: () => names.size + paths.size,
    /** The names that are left, sorted: neither a public suffix nor below a name that is listed too. */
    cleaned(): string[] {
      for (const name of names) {
        if (!isPublicSuffix(name)) continue;
        names.delete(name);
        counts.leftOut.publicSuffix++;
      }
      const kept: string[] = [];
      for (const name of names) {
        if (isBelowAny(names, name)) counts.leftOut.underParent++;
        else kept.push(name);
      }
      counts.hosts = kept.length;
      return kept.sort();
    },
    /** The addresses that are left, sorted, without those whose host is in the list as a whole. */
    cleanedPaths(): string[] {
      const kept = [...paths].filter((path) => !isCovered(names, hostOfPath(path)));
      counts.leftOut.underParent += paths.size - kept.length;
      counts.paths = kept.length;
      return kept.sort();
    },
  };
}

const asIs = {
  extractHostname: false,
  validateHostname: false,
  mixedInputs: false,
  detectIp: false,
  detectSpecialUse: false,
  allowPrivateDomains: true,
} as const;

/** True for `co.uk` and for `github.io`: whoever closes those closes everybody's pages. */
export const isPublicSuffix = (name: string): boolean => getPublicSuffix(name, asIs) === name;

/** True if a parent of the name, of two labels or more, is in the set. */
export function isBelowAny(names: ReadonlySet<string>, name: string): boolean {
  for (let dot = name.indexOf('.'); dot >= 0; ) {
    const next = name.indexOf('.', dot + 1);
    if (next < 0) return false;
    if (names.has(name.slice(dot + 1))) return true;
    dot = next;
  }
  return false;
}

const isCovered = (names: ReadonlySet<string>, host: string): boolean =>
  names.has(host) || isBelowAny(names, host);

/** The same of addresses that say less than a host: each once, none whose host is among `hosts`. */
export function mergePaths(lists: readonly (readonly string[])[], hosts: readonly string[]): string[] {
  const paths = new Set(lists.flat());
  if (paths.size === 0) return [];
  const names = new Set(hosts);
  return [...paths].filter((path) => !isCovered(names, hostOfPath(path))).sort();
}

/** Several cleaned lists as one: each name once, none below another. */
export function mergeLists(lists: readonly (readonly string[])[]): string[] {
  const [only] = lists;
  if (lists.length === 1 && only) return [...only];
  const names = new Set(lists.flat());
  return [...names].filter((name) => !isBelowAny(names, name)).sort();
}
