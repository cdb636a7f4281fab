import { signal } from '@preact/signals';
import {
  type AnswerRequest,
  type RequestLine,
  RequestLook,
  Requests as RequestsSaid,
} from '../../requests/wire.ts';
import type { Answered, Api } from './api.ts';

export type AskingModel = ReturnType<typeof createAskingModel>;

/** Pupils' requests that this person may answer; `waiting` counts those that are hers first. */
export function createAskingModel(api: Pick<Api, 'ask' | 'asked'>) {
  const requests = signal<RequestLine[] | null>(null);
  const problem = signal<string | null>(null);
  const waiting = signal(0);

  async function refresh(): Promise<void> {
    const answer = await api.asked(RequestsSaid, 'GET', '/console/api/requests');
    if (answer.ok) {
      requests.value = answer.value.requests;
      waiting.value = answer.value.requests.filter(({ mine }) => mine).length;
    }
    problem.value = answer.ok || answer.code === 'not-your-role' ? null : answer.code;
  }

  async function answer(id: string, said: AnswerRequest): Promise<Answered<unknown>> {
    const answered = await api.ask('POST', `/console/api/requests/${encodeURIComponent(id)}/answer`, said);
    if (answered.ok || answered.code === 'answered') await refresh();
    return answered;
  }

  return {
    requests,
    problem,
    waiting,
    refresh,
    /** Logged, with the name of who looked. */
    look: (id: string) =>
      api.asked(RequestLook, 'POST', `/console/api/requests/${encodeURIComponent(id)}/look`, {}),
    answer,
    forget: () => {
      requests.value = null;
      waiting.value = 0;
    },
  };
}
