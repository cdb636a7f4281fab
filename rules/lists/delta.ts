/** What makes one version of a sorted list into another. Both sides are sorted and share no name. */
export type Delta = { added: string[]; removed: string[] };

/** The difference of two sorted lists of names, each once. */
export function deltaBetween(before: readonly string[], after: readonly string[]): Delta {
  const added: string[] = [];
  const removed: string[] = [];
  let a = 0;
  let b = 0;
  while (a < before.length || b < after.length) {
    const old = before[a];
    const young = after[b];
    if (old !== undefined && old === young) {
      a++;
      b++;
    } else if (young === undefined || (old !== undefined && old < young)) {
      removed.push(old ?? '');
      a++;
    } else {
      added.push(young);
      b++;
    }
  }
  return { added, removed };
}

/** First one, then the other, in one step: a device that slept a week needs one small download. */
export function deltaAfter(first: Delta, second: Delta): Delta {
  const [added, removed] = [new Set(first.added), new Set(first.removed)];
  for (const name of second.removed) if (!added.delete(name)) removed.add(name);
  for (const name of second.added) if (!removed.delete(name)) added.add(name);
  return { added: [...added].sort(), removed: [...removed].sort() };
}

/** `+name` and `-name`, one a line, by name. */
export const printDelta = ({ added, removed }: Delta): string =>
  [...added.map((name) => `+${name}\n`), ...removed.map((name) => `-${name}\n`)].join('');

/** Null when the text is no delta. */
export function parseDelta(text: string): Delta | null {
  const delta: Delta = { added: [], removed: [] };
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (line.startsWith('+')) delta.added.push(line.slice(1));
    else if (line.startsWith('-')) delta.removed.push(line.slice(1));
    else return null;
  }
  return delta;
}

/**
 * The new text of a list from its old one. The text is cut at the few places that change and never taken apart into
 * names. Null when the delta does not fit this text; the hash of the result is the proof that it did.
 */
export function applyDelta(text: string, { added, removed }: Delta): string | null {
  const changes = [
    ...added.map((name) => ({ name, adds: true })),
    ...removed.map((name) => ({ name, adds: false })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  const pieces: string[] = [];
  let from = 0;
  for (const { name, adds } of changes) {
    const at = placeOf(text, name, from);
    const isThere = text.startsWith(`${name}\n`, at);
    if (isThere === adds) return null;
    pieces.push(text.slice(from, at));
    if (adds) pieces.push(`${name}\n`);
    from = adds ? at : at + name.length + 1;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}

/** Where the first line begins that is not before `name`, looking from `low`, the beginning of a line. */
function placeOf(text: string, name: string, low: number): number {
  let high = text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const start = middle === 0 ? 0 : Math.max(low, text.lastIndexOf('\n', middle - 1) + 1);
    const end = text.indexOf('\n', start);
    if (text.slice(start, end) < name) low = end + 1;
    else high = start;
  }
  return low;
}
