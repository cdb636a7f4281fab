import type { Answer, ReportEvent, ReportsEvent, RequestEvent } from '../rules/wire.ts';
import type { Urgency } from './console-wire.ts';
import { isRestricted, urgencyFrom } from './urgency.ts';

/** What the events of one report or request add up to, in whatever order they came. */
export type Folded = {
  kind: 'report' | 'request';
  at: string;
  host: string;
  what: ReportEvent['what'] | 'request';
  stage: string;
  group: string | null;
  answers: Answer[];
  urgency: Urgency;
  restricted: boolean;
  count: number;
  returned: boolean;
};

/** Folds the events of one item; `undefined` while the report that they belong to has not come yet. */
export function fold(events: readonly (ReportsEvent | RequestEvent)[]): Folded | undefined {
  const first = events.find((event) => event.type === 'report' || event.type === 'request');
  if (!first) return undefined;
  const answers = [...new Set(events.flatMap((event) => (event.type === 'answer' ? [event.answer] : [])))];
  return {
    kind: first.type,
    at: first.at,
    host: hostOf(first.address),
    what: first.type === 'report' ? first.what : 'request',
    stage: first.stage,
    group: first.group ?? null,
    answers,
    urgency: urgencyFrom(answers),
    restricted: isRestricted(answers),
    count: 1 + events.filter(({ type }) => type === 'repeat').length,
    returned: events.some(({ type }) => type === 'return'),
  };
}

/** What a row shows of an address: its host, or its kind where it has none (`data:`, `file:`). */
function hostOf(address: string): string {
  if (!URL.canParse(address)) return 'unknown';
  const { hostname, protocol } = new URL(address);
  return hostname || protocol;
}

/** An address without user name and password, should a device have left them in (issue 2, item 6). */
export function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (!url.username && !url.password) return address;
  url.username = '';
  url.password = '';
  return url.href;
}
