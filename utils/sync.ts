import type { Catalogue } from '../rules/catalogue.ts';
import { categoriesNeeded } from '../rules/compile.ts';
import type { DocumentKind } from '../rules/document.ts';
import type { Settings } from '../rules/settings.ts';
import type { Health } from '../rules/wire.ts';
import { backOff } from './back-off.ts';
import type { Clock } from './clock.ts';
import { sha256Hex } from './digest.ts';
import type { CallFailed, Endpoint, Seat } from './endpoint.ts';
import { type Held, readHeld } from './held.ts';
import type { Seats } from './seats.ts';
import type { Store } from './store.ts';
import type { Troubles } from './troubles.ts';
import { admit } from './verify.ts';

type Parts = {
  store: Store;
  clock: Clock;
  troubles: Troubles;
  seats: Seats;
  settings: () => Promise<Settings | null>;
  endpointOf: (settings: Settings) => Endpoint;
  health: () => Promise<Health>;
  /** Something new is stored: it should be brought in force. */
  arrived: () => Promise<unknown>;
};

/** Between two quiet looks for something new, in milliseconds. */
const EVERY_MS = 60_000;
const HEALTH_EVERY_MS = 15 * 60_000;
/** A list of a million names is some ten megabytes. */
const LIST_AT_MOST = 64_000_000;
/** A dozen small lists one by one are a dozen round trips; many large ones at once are too much for 4 GB. */
const LISTS_TOGETHER = 3;

/**
 * Fetches what the school has said, verifies it and stores it. The last good document stays as long as it takes; a
 * bad one changes nothing, and is told (promise 4).
 */
export function createSync({ store, clock, troubles, seats, settings, endpointOf, health, arrived }: Parts) {
  let healthSentAt = 0;

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
    const lists = await fetchLists(known, endpoint, seat);
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
    const held: Held = await readHeld(store, known.school);
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
    if (answer.status === 304 || (held[kind] && stored?.jws === jws)) {
      // The good one is offered again: whatever was refused in between is over.
      await troubles.over(kind);
      return 'same';
    }
    const admitted = await admit(kind, jws, known, held[kind]);
    if (!admitted.ok) {
      const { ok: _, code, ...rest } = admitted;
      await troubles.note(kind, code, JSON.stringify(rest));
      return 'refused';
    }
    await store.keepDocument({ kind, jws, etag: answer.headers.get('etag'), receivedAt: clock.now() });
    await troubles.over(kind);
    return 'new';
  }

  /** Lists are named by their hash, so what is here already is right, and what comes is checked before use. */
  async function fetchLists(known: Settings, endpoint: Endpoint, seat: Seat): Promise<Outcome> {
    const { policy, catalogue } = await readHeld(store, known.school);
    if (!policy || !catalogue) return 'same';
    const needed = categoriesNeeded(policy, known.stage);
    const wanted = catalogue.lists.filter(({ category }) => needed.includes(category));
    const here = await store.listKeys();
    const missing = wanted.filter(({ sha256 }) => !here.includes(sha256));
    for (let at = 0; at < missing.length; at += LISTS_TOGETHER) {
      const some = missing.slice(at, at + LISTS_TOGETHER);
      const came = await Promise.all(some.map((list) => fetchList(list, endpoint, seat)));
      if (came.includes('failed')) return 'failed';
    }
    await forgetOld(
      wanted.map(({ sha256 }) => sha256),
      here,
    );
    return missing.length > 0 ? 'new' : 'same';
  }

  async function fetchList(
    { sha256, category }: Catalogue['lists'][number],
    endpoint: Endpoint,
    seat: Seat,
  ): Promise<Outcome> {
    const answer = await endpoint.call(`/v1/lists/${sha256}`, { seat, atMost: LIST_AT_MOST });
    if (!answer.ok) {
      await failed('list', answer);
      return 'failed';
    }
    const bytes = await gunzipped(answer.bytes);
    if (!bytes || (await sha256Hex(bytes)) !== sha256) {
      await troubles.note('list', 'wrong-hash', category);
      return 'failed';
    }
    await store.keepList(sha256, new TextDecoder().decode(bytes));
    return 'new';
  }

  /** Lists that are neither wanted nor in force take up a small disk. */
  async function forgetOld(wanted: readonly string[], here: readonly string[]): Promise<void> {
    const inForce = (await store.get('inForce'))?.lists?.of.map(({ sha256 }) => sha256) ?? [];
    for (const sha256 of here)
      if (!wanted.includes(sha256) && !inForce.includes(sha256)) await store.forgetList(sha256);
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
    const next = good ? EVERY_MS * (0.75 + Math.random() / 2) : backOff(tries, Math.random());
    await store.set('backOff', { tries, notBefore: clock.now() + next });
  }

  return {
    /** `urgent`: at launch, when a lid opens, when the network returns; else only when it is time. */
    async run(urgent = false): Promise<void> {
      await navigator.locks.request('keystage-sync', () => syncIfDue(urgent));
    },
  };
}

/** The list's text; a proxy may have unpacked it on the way. Null when it is cut off. */
async function gunzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    return null;
  }
}
