import type { Documents } from './documents.ts';
import type { Situation } from './situation.ts';
import { type Standing, standingOf } from './standing.ts';

/** Something that is open now and will close by itself, in device milliseconds. */
export type Ending = { at: number; what: 'lesson' | 'hour' | 'homework' | 'grant'; id: string };

/**
 * What of this standing closes next, so that a child can be told in time (issue 4.3); null when nothing open ends.
 * What goes on all the same is no ending: two periods of the timetable in a row, a grant for what a lesson opens too.
 */
export function nextEnding(documents: Documents, situation: Situation, standing: Standing): Ending | null {
  const endings = endingsOf(documents, standing).sort((a, b) => a.at - b.at);
  return (
    endings.find(({ at }) => closesMore(standing, standingOf(documents, { ...situation, now: at }))) ?? null
  );
}

function endingsOf({ orders }: Documents, { lesson, hour, granted }: Standing): Ending[] {
  if (!orders) return hourOf(hour);
  // Nothing that orders open outlives them: a seat that hears of no newer ones closes by then.
  const expiresAt = Date.parse(orders.expiresAt);
  const at = (endsAt: string) => Math.min(Date.parse(endsAt), expiresAt);
  const ids = new Set(granted.map(({ from }) => from));
  return [
    ...(lesson ? [{ at: at(lesson.endsAt), what: 'lesson' as const, id: lesson.id }] : []),
    ...hourOf(hour),
    ...orders.grants
      .filter(({ id }) => ids.has(`grant:${id}`))
      .map(({ id, endsAt, homework }) => ({
        at: at(endsAt),
        what: homework ? ('homework' as const) : ('grant' as const),
        id,
      })),
  ];
}

const hourOf = (hour: Standing['hour']): Ending[] =>
  hour ? [{ at: hour.endsAt, what: 'hour', id: hour.hour.id }] : [];

const breadth = { closed: 0, approved: 1, filtered: 2 } as const;

/** Whether anything that is open now is closed then. */
function closesMore(now: Standing, then: Standing): boolean {
  if (breadth[then.access] < breadth[now.access]) return true;
  if (now.supervised && !then.supervised && now.access === 'filtered') return true;
  if (!now.focus && then.focus) return true;
  const stillOpen = new Set([...then.granted, ...then.approved].map(({ text }) => text));
  return now.granted.some(({ text }) => !stillOpen.has(text));
}
