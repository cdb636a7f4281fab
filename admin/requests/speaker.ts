import type { AnswerToRequest } from '../../rules/orders.ts';
import type { Speaker } from '../orders-for-seat.ts';
import type { Writing } from '../store/tables.ts';

/** How long a child may come back and read the answer. */
const READABLE_MS = 3 * 24 * 3_600_000;
/** The newest answers of a seat: orders stay small. */
const AT_MOST = 20;

/** Answers to requests, to the seat that asked. */
export const answerSpeaker = (store: Writing): Speaker => ({
  name: 'answers',
  async read(now) {
    const since = new Date(now.getTime() - READABLE_MS).toISOString();
    const rows = await store
      .selectFrom('requestAnswers')
      .selectAll()
      .where('at', '>', since)
      .orderBy('at', 'desc')
      .orderBy('item')
      .execute();
    const of = new Map<string, AnswerToRequest[]>();
    for (const { item, seat, answer, by, reason, at, until } of rows) {
      const answers = of.get(seat) ?? [];
      if (answers.length < AT_MOST)
        answers.push({ request: item, answer, by, reason, at, ...(until === null ? {} : { until }) });
      of.set(seat, answers);
    }
    return (seat) => {
      const answers = of.get(seat.id);
      return answers ? { answers } : {};
    };
  },
});
