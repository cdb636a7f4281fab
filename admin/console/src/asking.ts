import { signal } from '@preact/signals';
import {
  type AnswerRequest,
  type RequestLine,
  RequestLook,
  Requests as RequestsSaid,
  type StillClosed,
} from '../../requests/wire.ts';
import type { Answered, Api } from './api.ts';

export type AskingModel = ReturnType<typeof createAskingModel>;

/**
 * Pupils' requests that this person may answer: hers first, the longest wait first; `waiting` counts those that are
 * hers. An answer takes its line away at once; a line whose answer was refused comes back with the endpoint's word.
 */
export function createAskingModel(api: Pick<Api, 'ask' | 'asked'>, clock: () => number = Date.now) {
  const requests = signal<RequestLine[] | null>(null);
  const stillClosed = signal<StillClosed[]>([]);
  const problem = signal<string | null>(null);
  const waiting = signal(0);
  const ahead = signal(0);
  /** What is answered, or about to be: what is read meanwhile may still have it. */
  const answering = new Set<string>();

  function show(lines: readonly RequestLine[]): void {
    const open = lines.filter(({ id }) => !answering.has(id));
    requests.value = [...open.filter(({ mine }) => mine), ...open.filter(({ mine }) => !mine)];
    waiting.value = open.filter(({ mine }) => mine).length;
  }

  async function refresh(): Promise<void> {
    const answer = await api.asked(RequestsSaid, 'GET', '/console/api/requests');
    if (answer.ok) {
      ahead.value = Date.parse(answer.value.now) - clock();
      show(answer.value.requests);
      stillClosed.value = answer.value.stillClosed;
    }
    problem.value = answer.ok || answer.code === 'not-your-role' ? null : answer.code;
  }

  async function answer(id: string, said: AnswerRequest): Promise<Answered<unknown>> {
    answering.add(id);
    if (requests.value) show(requests.value);
    const answered = await api.ask('POST', `/console/api/requests/${encodeURIComponent(id)}/answer`, said);
    if (!answered.ok && answered.code !== 'answered') answering.delete(id);
    await refresh();
    return answered;
  }

  return {
    requests,
    /** What a yes of theirs opened and the school's network still closes. */
    stillClosed,
    problem,
    waiting,
    /** The endpoint's time now, in milliseconds. */
    now: () => clock() + ahead.value,
    refresh,
    /** Logged, with the name of who looked. */
    look: (id: string) =>
      api.asked(RequestLook, 'POST', `/console/api/requests/${encodeURIComponent(id)}/look`, {}),
    answer,
    forget: () => {
      requests.value = null;
      stillClosed.value = [];
      waiting.value = 0;
    },
  };
}
