import type { Issue } from './plain-issues.ts';

/** Each issue with its place as people read it: `lists[3] (ks2-approved).entries[25] "co.uk"`. `path` stays. */
export const withNames = (issues: readonly Issue[], written: unknown): Issue[] =>
  issues.map((issue) => {
    const shown = shownPath(issue.path, written);
    return shown === issue.path ? issue : { ...issue, shown };
  });

/** One issue as a line. */
export const sayIssue = ({ path, shown, problem }: Issue): string =>
  `${shown || path || '(document)'}: ${problem}`;

function shownPath(path: string, written: unknown): string {
  let value = written;
  let shown = '';
  for (const [step, index, key] of path.matchAll(/\[(\d+)\]|\.?([^.[\]]+)/g)) {
    // The entry stands there already, in quotes.
    if (key === 'entry' && shown.endsWith('"')) continue;
    value = (value as Record<string, unknown> | null | undefined)?.[index ?? key ?? ''];
    shown += step + (index === undefined ? '' : nameOf(value));
  }
  return shown;
}

/** An id that a person gave; a UUID tells nobody anything. */
function nameOf(thing: unknown): string {
  const { entry, id } = (thing ?? {}) as { entry?: unknown; id?: unknown };
  if (typeof entry === 'string' && entry) return ` ${JSON.stringify(entry.slice(0, 80))}`;
  return typeof id === 'string' && /^(?![0-9a-f-]{36}$)[\w-]{1,40}$/.test(id) ? ` (${id})` : '';
}
