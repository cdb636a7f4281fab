import type { Settings } from '../rules/settings.ts';
import { type LiveFromSeat, LiveToSeat, type Versions } from '../rules/wire.ts';
import { backOff } from './back-off.ts';
import { readHeld, versionsOf } from './held.ts';
import type { KeepDocument } from './keep-document.ts';
import type { Store } from './store.ts';

/** Chrome lets a worker live while a socket speaks at least every 30 s (CHROME-FACTS 8); either end does, every 20 s. */
const BEAT_MS = 20_000;
/** Two beats missed and a little: the other end is gone, whatever the network says. */
const SILENT_MS = 45_000;
/** After a lid opens a beat that is overdue is reason enough to begin anew. */
const DOUBTFUL_MS = 25_000;
/** A firewall that swallows a socket lets us wait for minutes. */
const OPENS_WITHIN_MS = 10_000;
/** What falls sooner than this has not stood: the next try waits longer. */
const STOOD_MS = 30_000;
/** A policy is no emergency: a school of seats does not fetch it in the same second. */
const FETCH_SPREAD_MS = 3_000;

type Parts = {
  open: (address: string) => WebSocket;
  settings: () => Promise<Settings | null>;
  store: Store;
  keep: KeepDocument;
  /** Somebody may be looking at this computer. */
  isInUse: () => Promise<boolean>;
  /** New orders are stored: brings them in force. */
  arrived: () => Promise<unknown>;
  /** Another document has changed: fetches it. */
  fetchNow: () => Promise<unknown>;
  chance?: () => number;
};

export type Live = ReturnType<typeof createLive>;

/**
 * The worker's socket to the endpoint (`WS /v1/live`): what an adult taps arrives here and is in force before the next
 * look would have asked for it. It only makes things quicker: where a network lets no socket through, `sync` asks
 * every minute as before.
 *
 * It stands while the computer is in use. On a locked or long untouched one nobody sees a page, and an open socket
 * would keep the worker from sleeping and Chrome from updating the extension, which it does only while that idles.
 */
export function createLive(parts: Parts) {
  const { settings, store, keep, isInUse, arrived, fetchNow, chance = Math.random } = parts;
  let socket: WebSocket | null = null;
  let stop = () => {};
  let heardAt = 0;
  let told = '';
  let tries = 0;
  let notBefore = 0;
  let opening: Promise<void> | null = null;
  let hearing: Promise<unknown> = Promise.resolve();

  const say = (words: LiveFromSeat): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(words));
  };

  async function connect(): Promise<void> {
    const [known, seat] = await Promise.all([settings(), store.get('seat')]);
    // Enrolling is the business of `sync`; without a seat there is nothing to be told.
    if (socket || !known || seat?.endpoint !== known.endpoint) return;
    const versions = versionsOf(await readHeld(store, known));
    const made = parts.open(addressOf(known.endpoint));
    const openedAt = performance.now();
    socket = made;
    heardAt = openedAt;
    told = '';
    const opensInTime = setTimeout(() => lost(made, openedAt), OPENS_WITHIN_MS);
    let beats = 0;
    const beating = setInterval(() => {
      if (performance.now() - heardAt > SILENT_MS) {
        lost(made, openedAt);
        // What was said into the silence is asked for by the other way, not a minute later.
        return fetchSoon();
      }
      beats += 1;
      if (beats % 4 === 0) say({ type: 'beat' });
    }, BEAT_MS / 4);
    stop = () => {
      clearTimeout(opensInTime);
      clearInterval(beating);
      made.onopen = made.onmessage = made.onclose = made.onerror = null;
      made.close();
    };
    made.onopen = () => {
      clearTimeout(opensInTime);
      say({ type: 'hello', seat: seat.seat, key: seat.key, versions });
      void tellInForce();
    };
    made.onmessage = ({ data }) => {
      heardAt = performance.now();
      // In their order: of two orders that come together the second is the newer.
      hearing = hearing.then(() => hear(String(data), known, seat.seat)).catch(() => undefined);
    };
    made.onclose = () => lost(made, openedAt);
  }

  async function hear(text: string, known: Settings, seat: string): Promise<void> {
    const read = LiveToSeat.safeParse(jsonIn(text));
    // A newer endpoint may say what this version does not know; `sync` will hear of it.
    if (!read.success) return;
    const said = read.data;
    if (said.type === 'changed') fetchSoon();
    if (said.type !== 'orders') return;
    if ((await keep('orders', said, { ...known, seat }, null)) === 'new') await arrived();
    await tellInForce();
  }

  function fetchSoon(): void {
    setTimeout(() => void fetchNow(), chance() * FETCH_SPREAD_MS);
  }

  /** Once for each change: an adult sees by it whose seat has joined. */
  async function tellInForce(): Promise<void> {
    const versions: Versions | undefined = (await store.get('inForce'))?.versions;
    if (!versions || socket?.readyState !== WebSocket.OPEN || told === JSON.stringify(versions)) return;
    told = JSON.stringify(versions);
    say({ type: 'in-force', versions });
  }

  function lost(which: WebSocket, openedAt: number): void {
    if (socket !== which) return;
    drop();
    tries = performance.now() - openedAt > STOOD_MS ? 1 : tries + 1;
    const wait = backOff(tries, chance());
    notBefore = performance.now() + wait;
    // The worker may be asleep by then: the next beat of the alarm looks, too.
    setTimeout(() => void stand(), wait);
  }

  function drop(): void {
    stop();
    stop = () => {};
    socket = null;
  }

  /** Opens the socket if there should be one, and closes it if there should not. */
  async function stand(atOnce = false): Promise<void> {
    if (!(await isInUse())) return drop();
    if (socket && atOnce && performance.now() - heardAt > DOUBTFUL_MS) drop();
    if (socket || (!atOnce && performance.now() < notBefore)) return;
    opening ??= connect().finally(() => {
      opening = null;
    });
    await opening;
  }

  return {
    /** At every start and beat. `atOnce`: a lid was opened, the network is back; then no back-off counts. */
    stand,
    /** The network is another one: what stood before may be half open. */
    async anew(): Promise<void> {
      drop();
      await stand(true);
    },
    /** What is in force has changed, by whatever way. */
    tellInForce,
  };
}

const addressOf = (endpoint: string): string => {
  const address = new URL('/v1/live', endpoint);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
};

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
