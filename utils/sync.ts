import type { DocumentKind } from '../rules/document.ts';
import type { Settings } from '../rules/settings.ts';
import type { Health } from '../rules/wire.ts';
import { backOff } from './back-off.ts';
import type { Clock } from './clock.ts';
import type { CallFailed, Endpoint, Seat } from './endpoint.ts';
import { createFetchLists } from './fetch-lists.ts';
import { type Held, readHeld } from './held.ts';
import type { KeepDocument } from './keep-document.ts';
import type { Seats } from './seats.ts';
import { stageOf } from './situation.ts';
import type { Store } from './store.ts';
import type { Troubles } from './troubles.ts';

type Parts = {
  store: Store;
  clock: Clock;
  troubles: Troubles;
  seats: Seats;
  settings: () => Promise<Settings | null>;
  endpointOf: (settings: Settings) => Endpoint;
  keep: KeepDocument;
  health: () => Promise<Health>;
  /** Something new is stored: it should be brought in force. */
  arrived: () => Promise<unknown>;
};

/** Between two quiet looks for something new, in milliseconds: every second beat of the alarm (`life.ts`). */
const EVERY_MS = 60_000;
/**
 * A look is due a little before the beat that it waits for. Due a moment after it, it would wait for the one after
 * that: a minute and a half, and tapped orders are promised within 90 s where no socket gets through (issue 4.3).
 */
const DUE_BEFORE_MS = 10_000;
const HEALTH_EVERY_MS = 15 * 60_000;

/**
 * Fetches what the school has said, verifies it and stores it. The last good document stays as long as it takes; a
 * bad one changes nothing, and is told (promise 4).
 */
export function createSync(parts: Parts) {
  const { store, clock, troubles, seats, settings, endpointOf, keep, health, arrived } = parts;
  let healthSentAt = 0;
  const fetchLists = createFetchLists({ store, troubles, failed });

  async function syncNow(known: Settings): Promise<boolean> {
    const endpoint = endpointOf(known);
    const seat = await seats.keptOrNew(known, endpoint);
    if (!seat.ok) return failed('enrol', seat);
    await troubles.over('enrol');
    // Policy and orders are small and open the approved sites: in force before anything large is fetched (DESIGN §7).
    const small = [
      await fetchDocument('policy', known, endpoint, seat),
      await fetchDocument('orders', known, endpoint, seat),
    ];
    if (small.includes('new')) await arrived();
    const catalogue = await fetchDocument('catalogue', known, endpoint, seat);
    const held = await readHeld(store, known);
    const lists = await fetchLists(held, stageOf(known, held.orders), endpoint, seat);
    if (catalogue === 'new' || lists === 'new') await arrived();
    const outcomes = [...small, catalogue, lists];
    if (outcomes.includes('failed')) return false;
    await troubles.over('sync');
    await store.set('heardFromEndpointAt', clock.now());
    if (
      clock.now() - healthSentAt > HEALTH_EVERY_MS ||
      outcomes.some((outcome) => outcome === 'new' || outcome === 'refused')
    ) {
      const told = await endpoint.call('/v1/health', { method: 'POST', seat, json: await health() });
      if (told.ok) healthSentAt = clock.now();
    }
    return true;
  }

  type Outcome = 'same' | 'new' | 'refused' | 'failed';

  async function fetchDocument(
    kind: DocumentKind,
    known: Settings,
    endpoint: Endpoint,
    seat: Seat,
  ): Promise<Outcome> {
    const stored = await store.document(kind);
    const held: Held = await readHeld(store, known);
    const answer = await endpoint.call(`/v1/${kind}`, {
      seat,
      etag: held[kind] ? (stored?.etag ?? null) : null,
    });
    if (!answer.ok) {
      if (answer.code === 'refused' && answer.status === 401) await seats.forget();
      if (answer.code === 'too-large') {
        await troubles.note(kind, answer.code);
        return 'refused';
      }
      await failed(kind, answer);
      return 'failed';
    }
    if (answer.status === 304 && !held[kind]) {
      // "As before", to somebody who has nothing: no endpoint of ours says that.
      await failed(kind, { ok: false, code: 'bad-answer' });
      return 'failed';
    }
    const jws = new TextDecoder().decode(answer.bytes).trim();
    if (answer.status === 304) {
      await troubles.over(kind);
      return 'same';
    }
    const trust = { ...known, seat: seat.seat };
    return keep(kind, { jws, etag: answer.headers.get('etag') }, trust, held[kind]);
  }

  async function failed(where: string, why: CallFailed | { ok: false; code: 'bad-answer' }): Promise<false> {
    await troubles.note(
      where === 'enrol' ? 'enrol' : 'sync',
      why.code === 'refused' ? why.refusal : why.code,
      where,
    );
    return false;
  }

  async function syncIfDue(urgent: boolean): Promise<void> {
    const known = await settings();
    if (!known) return;
    const before = (await store.get('backOff')) ?? { tries: 0, notBefore: 0 };
    // A clock that was corrected backwards must not leave us waiting for a moment far away.
    const wait = before.notBefore - clock.now();
    if (!urgent && wait > 0 && wait <= EVERY_MS * 10) return;
    const good = await syncNow(known);
    const tries = good ? 0 : before.tries + 1;
    const next = good ? EVERY_MS - DUE_BEFORE_MS : backOff(tries, Math.random());
    await store.set('backOff', { tries, notBefore: clock.now() + next });
  }

  return {
    /** `urgent`: at launch, when a lid opens, when the network returns; else only when it is time. */
    async run(urgent = false): Promise<void> {
      await navigator.locks.request('keystage-sync', () => syncIfDue(urgent));
    },
  };
}
