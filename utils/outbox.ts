import type { Settings } from '../rules/settings.ts';
import { Receipts } from '../rules/wire.ts';
import { backOff } from './back-off.ts';
import type { Clock } from './clock.ts';
import { type CallFailed, type Endpoint, jsonIn } from './endpoint.ts';
import type { Seats } from './seats.ts';
import type { OutboxItem, SentReport, Store } from './store.ts';
import type { Troubles } from './troubles.ts';

export type Outbox = ReturnType<typeof createOutbox>;

type Parts = {
  store: Store;
  clock: Clock;
  troubles: Troubles;
  seats: Seats;
  settings: () => Promise<Settings | null>;
  endpointOf: (settings: Settings) => Endpoint;
  changed: () => void;
};

/** Longer than any honest sending takes: a call gives up before. */
const LOCK_AT_MOST_MS = 30_000;
/** How many events travel together; the endpoint takes a hundred. */
const TOGETHER = 50;
/** Longer than any back-off in milliseconds. */
const NEVER_LONGER_MS = 10 * 60_000;

/**
 * Where reports and requests wait until the endpoint has them on its disk (promise 5). Sending is idempotent by id,
 * so worker and pages may both send; one lock keeps them from doing it at once.
 */
export function createOutbox({ store, clock, troubles, seats, settings, endpointOf, changed }: Parts) {
  let tries = 0;
  let notBefore = 0;

  async function sendAll(): Promise<void> {
    for (const kind of ['reports', 'requests'] as const) {
      for (;;) {
        const waiting = (await store.outbox()).filter(
          (item) => item.kind === kind && item.state === 'waiting',
        );
        if (waiting.length === 0) break;
        const sent = await send(kind, waiting.slice(0, TOGETHER));
        if (!sent) {
          tries += 1;
          notBefore = clock.now() + backOff(tries, Math.random());
          return;
        }
      }
    }
    tries = 0;
    notBefore = 0;
  }

  /** True when every item was answered for: stored, or set aside. */
  async function send(kind: OutboxItem['kind'], items: OutboxItem[]): Promise<boolean> {
    const known = await settings();
    if (!known) return false;
    const endpoint = endpointOf(known);
    const seat = await seats.keptOrNew(known, endpoint);
    if (!seat.ok) return failed(seat);
    const answer = await endpoint.call(`/v1/${kind}`, {
      method: 'POST',
      seat,
      json: { events: items.map(({ event }) => event) },
    });
    if (!answer.ok) {
      if (answer.code === 'refused') return refused(kind, items, answer);
      return failed(answer);
    }
    const read = Receipts.safeParse(jsonIn(answer.bytes));
    if (!read.success) return failed({ ok: false, code: 'bad-answer' });
    const receipts = new Map(read.data.receipts.map((receipt) => [receipt.id, receipt]));
    for (const { id } of items) {
      const receipt = receipts.get(id);
      if (receipt?.status === 'stored') await store.eraseReceived(id);
      if (receipt?.status === 'refused') await setAside(id, receipt.code);
    }
    changed();
    await troubles.over('outbox');
    // An answer that leaves an event out must not be asked for again at once.
    return items.every(({ id }) => receipts.has(id)) || failed({ ok: false, code: 'half-an-answer' });
  }

  /** The endpoint said no to the whole batch. */
  async function refused(
    kind: OutboxItem['kind'],
    items: OutboxItem[],
    answer: Extract<CallFailed, { code: 'refused' }>,
  ): Promise<boolean> {
    if (answer.status === 401) await seats.forget();
    // A proxy's 400 says nothing of what we sent; of its size a proxy may speak.
    const never = answer.status === 413 || (answer.status === 400 && answer.refusal !== 'no-words');
    if (!never) return failed(answer);
    // One that can never succeed must not hold up the others: halve until it stands alone.
    if (items.length > 1) {
      const middle = Math.ceil(items.length / 2);
      return (await send(kind, items.slice(0, middle))) && (await send(kind, items.slice(middle)));
    }
    for (const { id } of items) await setAside(id, answer.refusal);
    changed();
    return true;
  }

  async function setAside(id: string, code: string): Promise<void> {
    await store.setAside(id, code);
    await troubles.note('outbox-aside', code);
  }

  async function failed(why: CallFailed | { ok: false; code: 'bad-answer' }): Promise<false> {
    await troubles.note('outbox', why.code === 'refused' ? why.refusal : why.code);
    return false;
  }

  return {
    /** Resolves when it is on disk. */
    async add(item: Pick<OutboxItem, 'kind' | 'event'>, report?: SentReport): Promise<void> {
      await store.addToOutbox({ id: item.event.id, ...item, addedAt: clock.now(), state: 'waiting' }, report);
    },
    /** Sends what waits. `urgent`: a child has just pressed, a lid opened, the network came back. */
    async send(urgent = false): Promise<void> {
      // A clock that was corrected backwards must not leave us waiting for a moment far away.
      const wait = notBefore - clock.now();
      if (!urgent && wait > 0 && wait <= NEVER_LONGER_MS) return;
      try {
        await navigator.locks.request(
          'keystage-outbox',
          { signal: AbortSignal.timeout(LOCK_AT_MOST_MS) },
          sendAll,
        );
      } catch {
        // Whoever holds the lock hangs (FIELD E2). Sending twice is harmless; not sending is not.
        await sendAll();
      }
    },
  };
}
