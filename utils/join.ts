import type { Settings } from '../rules/settings.ts';
import { JoinAnswer } from '../rules/wire.ts';
import { type Endpoint, jsonIn } from './endpoint.ts';
import type { Seats } from './seats.ts';

/** What became of a lesson's code. `unreachable`: nobody could be asked, so nothing is said of the code. */
export type Joined = 'joined' | 'wrong' | 'unreachable' | { waitSeconds: number };

type Parts = {
  settings: () => Promise<Settings | null>;
  endpointOf: (settings: Settings) => Endpoint;
  seats: Pick<Seats, 'keptOrNew'>;
  /** Fetches the orders that the code has changed; the socket may bring them sooner. */
  fetchNow: () => Promise<unknown>;
};

/** An adult opens this one seat with a lesson's code (issue 4.7). The endpoint decides, and counts the tries. */
export function createJoin({ settings, endpointOf, seats, fetchNow }: Parts) {
  return async (code: string): Promise<Joined> => {
    const known = await settings();
    if (!known) return 'unreachable';
    const endpoint = endpointOf(known);
    const seat = await seats.keptOrNew(known, endpoint);
    if (!seat.ok) return 'unreachable';
    const answer = await endpoint.call('/v1/join', { method: 'POST', seat, json: { code } });
    if (!answer.ok) {
      const mustWait = answer.code === 'refused' && answer.status === 429;
      return mustWait ? { waitSeconds: Math.ceil((answer.retryAfterMs ?? 60_000) / 1_000) } : 'unreachable';
    }
    const read = JoinAnswer.safeParse(jsonIn(answer.bytes));
    if (!read.success) return 'unreachable';
    if (!read.data.joined) {
      const { code: why, waitSeconds } = read.data;
      return why === 'wrong-code' && waitSeconds <= 0 ? 'wrong' : { waitSeconds };
    }
    await fetchNow();
    return 'joined';
  };
}
