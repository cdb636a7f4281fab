import { type Except, type ListLine, ListsSaid, type Settle, WaitingSaid } from '../../subscriptions/wire.ts';
import type { Api } from './api.ts';
import { counted, plural, type Words } from './words.ts';

const at = (id: string) => `/console/api/lists/${encodeURIComponent(id)}`;

/** What the page of lists asks of the endpoint. */
export const listsApi = (api: Pick<Api, 'ask' | 'asked'>) => ({
  all: () => api.asked(ListsSaid, 'GET', '/console/api/lists'),
  waiting: (id: string) => api.asked(WaitingSaid, 'GET', `${at(id)}/waiting`),
  settle: (id: string, settle: Settle) => api.ask('POST', `${at(id)}/settle`, settle),
  except: (id: string, except: Except) => api.ask('POST', `${at(id)}/except`, except),
});

export type ListState = 'waiting' | 'problem' | 'none' | 'live';

export function listState({ waiting, problem, live }: ListLine): ListState {
  if (waiting) return 'waiting';
  if (problem) return 'problem';
  return live ? 'live' : 'none';
}

/** "13 lists close 592,203 sites and 2,104 single pages." */
export function listsLine(say: Words, lists: readonly ListLine[]): string {
  const sum = (of: 'hosts' | 'paths') => lists.reduce((all, { live }) => all + (live?.[of] ?? 0), 0);
  const pages = sum('paths');
  return pages === 0
    ? plural(say, 'listsLine', lists.length, counted(sum('hosts')))
    : plural(say, 'listsLinePages', lists.length, counted(sum('hosts')), counted(pages));
}

/** Why a version waits: the share that changed, and the one that needs nobody. */
export function whyItWaits(say: Words, { live, waiting, mayDiffer }: ListLine): string {
  if (!waiting) return '';
  const before = Math.max(1, (live?.hosts ?? 0) + (live?.paths ?? 0));
  const share = Math.round((100 * (waiting.added + waiting.removed)) / before);
  return say(
    'listsWhyWaits',
    counted(waiting.added),
    counted(waiting.removed),
    counted(share),
    counted(Math.round(100 * mayDiffer)),
  );
}

/** What went wrong at the last look, in our words where we have some. */
export function listProblem(say: Words, { code, message }: { code: string; message: string }): string {
  const key = `listProblem_${code.replaceAll('-', '_')}`;
  const known = say(key);
  return known === key ? message : known;
}

/** Where a list comes from, short enough for a column. */
export const sourceOf = ({ url }: ListLine): string | null => (url === null ? null : new URL(url).hostname);
