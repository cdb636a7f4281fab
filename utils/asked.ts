import { parseAddress } from '../rules/address.ts';
import type { AnswerToRequest, Orders } from '../rules/orders.ts';
import type { Clock } from './clock.ts';
import { sha256Hex } from './digest.ts';
import type { OutboxItem, Store } from './store.ts';

/** Longer than the endpoint keeps an answer in the orders, in milliseconds. */
const KEPT_MS = 4 * 24 * 3_600_000;
/** A no holds for the school day; after it the child may ask again. */
const NO_HOLDS_MS = 12 * 3_600_000;
const AT_MOST = 50;

/**
 * Which page a request was for: a fingerprint, salted for this profile alone, because the endpoint has the address by
 * then and nobody else is to read it here (promise 6). `inLesson`: a teacher was there to get it.
 */
export type AskedBefore = { request: string; page: string; at: number; inLesson: boolean };
export type AskedHere = { salt: string; pages: AskedBefore[] };

/** What became of a child's "please may I". */
export type Became =
  | 'sending'
  | 'set-aside'
  | { sentAt: number; to: 'teacher' | 'school' }
  | { answer: 'yes' | 'no'; by: string; because?: string };

/** What became of one request, or undefined where the page may be asked for anew. `now` in device milliseconds. */
export function becameOf(
  asked: AskedBefore,
  item: Pick<OutboxItem, 'state'> | undefined,
  answer: AnswerToRequest | undefined,
  now: number,
): Became | undefined {
  if (answer?.answer === 'yes' && answer.until !== undefined && Date.parse(answer.until) <= now)
    return undefined;
  if (answer?.answer === 'no' && now - Date.parse(answer.at) > NO_HOLDS_MS) return undefined;
  if (answer)
    return {
      answer: answer.answer,
      by: answer.by,
      ...(answer.reason ? { because: answer.reason } : {}),
    };
  if (item) return item.state === 'aside' ? 'set-aside' : 'sending';
  return { sentAt: asked.at, to: asked.inLesson ? 'teacher' : 'school' };
}

/** Which pages were asked for from this profile, and what became of it: after a reload and a week-end, too. */
export function createAsked(store: Pick<Store, 'get' | 'set' | 'outbox'>, clock: Pick<Clock, 'now'>) {
  const here = async (): Promise<AskedHere> =>
    (await store.get('asked')) ?? { salt: crypto.randomUUID(), pages: [] };
  const fingerprint = (salt: string, address: string) =>
    sha256Hex(`${salt}\n${parseAddress(address)?.href ?? address}`);

  return {
    /** A child has asked for this page. */
    async keep(request: string, address: string, inLesson: boolean): Promise<void> {
      await navigator.locks.request('keystage-asked', async () => {
        const { salt, pages } = await here();
        const at = clock.now();
        const young = pages.filter((before) => at - before.at < KEPT_MS).slice(1 - AT_MOST);
        const page = await fingerprint(salt, address);
        await store.set('asked', { salt, pages: [...young, { request, page, at, inLesson }] });
      });
    },
    /** What became of the newest request for this page, by orders that were verified. */
    async of(address: string, orders: Orders | null): Promise<Became | undefined> {
      const { salt, pages } = await here();
      if (pages.length === 0) return undefined;
      const page = await fingerprint(salt, address);
      const now = clock.now();
      const asked = pages.findLast((before) => before.page === page && now - before.at < KEPT_MS);
      if (!asked) return undefined;
      const answer = orders?.answers?.find(({ request }) => request === asked.request);
      const item = answer ? undefined : (await store.outbox()).find(({ id }) => id === asked.request);
      return becameOf(asked, item, answer, now);
    },
  };
}
