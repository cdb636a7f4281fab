import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { compareVersionNames } from '../../rules/document.ts';
import { LiveFromSeat, type LiveToSeat, type Versions } from '../../rules/wire.ts';
import { type Log, plainError } from '../log.ts';
import { createRate } from '../rate.ts';
import type { SeatOrders } from '../seat-orders.ts';
import { createStrangers } from '../strangers.ts';
import { addressOfUpgrade } from '../where-from.ts';
import type { SeatsHere } from './seats-here.ts';

/** Why the endpoint closes a socket. 1001: it stops; 1009: a message was too long. */
export const closeCodes = {
  malformed: 4400,
  'unknown-seat': 4401,
  'no-hello': 4408,
  'too-many-sockets': 4409,
  'too-fast': 4429,
} as const;

export type LiveTimes = {
  /** A message at least so often keeps the worker alive (CHROME-FACTS 8). */
  beatMs: number;
  /** Who has not said hello by then is no seat of ours. */
  helloWithinMs: number;
};
const usualTimes: LiveTimes = { beatMs: 20_000, helloWithinMs: 5_000 };

const MAX_BYTES = 4_096;
/** As many profiles as may hold a key of one seat (`admin/store/seats.ts`). */
const SOCKETS_PER_SEAT = 64;
const SOCKETS = 20_000;
/** Sockets that have not said hello, of all addresses: a whole school comes back in the same second after a restart. */
const STRANGERS = 6_000;
/** What waits to be written to one socket: whoever takes nothing any more is gone. */
const UNSENT_BYTES = 4_000_000;
/** An honest seat says a beat now and then, and what is in force after each tap. */
const MESSAGES = { burst: 60, perSecond: 10 };

type Parts = {
  now: () => Date;
  log: Log;
  isKeyOfSeat: (seat: string, key: string) => Promise<boolean>;
  ordersFor: (seat: string) => Promise<SeatOrders | undefined>;
  /** Versions of what is published, to tell a seat that it is behind. */
  published: () => Promise<Pick<Versions, 'policy' | 'catalogue'>>;
  here: SeatsHere;
  times?: Partial<LiveTimes> | undefined;
};

type One = {
  socket: WebSocket;
  seat: string | null;
  /** Heard since the last beat. */
  heard: boolean;
  /** The orders that the seat has, or that are on their way to it. */
  sent: string | null;
  /** The newest that was sent down this socket. */
  given: string | null;
};

/** `WS /v1/live`: the sockets of all seats. Orders go down as soon as they are signed. */
export function createSockets({ now, log, isKeyOfSeat, ordersFor, published, here, times }: Parts) {
  const { beatMs, helloWithinMs } = { ...usualTimes, ...times };
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_BYTES, perMessageDeflate: false });
  const all = new Set<One>();
  const ofSeat = new Map<string, Set<One>>();
  const takeOne = createRate(MESSAGES, now);
  let number = 0;
  const beating = setInterval(beat, beatMs).unref();

  const say = ({ socket }: One, message: LiveToSeat) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > UNSENT_BYTES) socket.terminate();
    else socket.send(JSON.stringify(message));
  };
  const close = ({ socket }: One, why: keyof typeof closeCodes) => socket.close(closeCodes[why], why);
  /** Says why and hangs up: a stranger who answers no farewell would take the place of a seat until it gives up. */
  const sendOff = (one: One) => {
    close(one, 'no-hello');
    one.socket.terminate();
  };
  const strangers = createStrangers<One>(sendOff);

  /** A half-open socket never answers: after two beats without a word or a pong it is gone. */
  function beat(): void {
    for (const one of all) {
      if (!one.heard) {
        one.socket.terminate();
        continue;
      }
      one.heard = false;
      say(one, { type: 'beat' });
      one.socket.ping();
    }
  }

  function take(socket: WebSocket, address: string): void {
    const one: One = { socket, seat: null, heard: true, sent: null, given: null };
    const key = String(number++);
    all.add(one);
    strangers.came(one, address);
    const hello = setTimeout(() => sendOff(one), helloWithinMs).unref();
    let inTurn: Promise<unknown> = Promise.resolve();
    socket.on('pong', () => {
      one.heard = true;
    });
    socket.on('message', (bytes, isBinary) => {
      one.heard = true;
      if (takeOne(key) > 0) return close(one, 'too-fast');
      const said = isBinary ? null : readMessage(String(bytes));
      if (!said) return close(one, 'malformed');
      inTurn = inTurn
        .then(() => hear(one, said, hello))
        .catch((error) => {
          log.error({ error: plainError(error) }, 'live');
          socket.close(1011);
        });
    });
    // A broken frame or a reset: `close` follows and cleans up.
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(hello);
      all.delete(one);
      strangers.went(one);
      if (one.seat !== null) {
        const mine = ofSeat.get(one.seat);
        mine?.delete(one);
        if (mine?.size === 0) ofSeat.delete(one.seat);
        here.closed(one.seat);
      }
    });
  }

  async function hear(one: One, said: LiveFromSeat, hello: NodeJS.Timeout): Promise<void> {
    if (one.socket.readyState !== one.socket.OPEN) return;
    if (said.type === 'hello') {
      if (one.seat !== null) return close(one, 'malformed');
      if (!(await isKeyOfSeat(said.seat, said.key))) return close(one, 'unknown-seat');
      if (one.socket.readyState !== one.socket.OPEN) return;
      clearTimeout(hello);
      return welcome(one, said);
    }
    if (one.seat === null) return close(one, 'malformed');
    if (said.type === 'in-force') here.told(one.seat, said.versions);
    else here.heard(one.seat);
  }

  async function welcome(one: One, { seat, versions }: LiveFromSeat & { type: 'hello' }): Promise<void> {
    one.seat = seat;
    one.sent = versions.orders;
    strangers.went(one);
    const mine = ofSeat.get(seat) ?? new Set();
    ofSeat.set(seat, mine.add(one));
    const [oldest] = mine;
    if (mine.size > SOCKETS_PER_SEAT && oldest) close(oldest, 'too-many-sockets');
    here.opened(seat);
    here.told(seat, versions);
    const orders = await ordersFor(seat);
    if (orders) give(one, orders);
    const newest = await published();
    for (const what of ['policy', 'catalogue'] as const)
      if (newest[what] !== null && newest[what] !== versions[what]) say(one, { type: 'changed', what });
  }

  function give(one: One, { jws, etag, version }: SeatOrders): void {
    if (version === one.sent || (one.given && compareVersionNames(version, one.given) < 0)) return;
    one.sent = version;
    one.given = version;
    say(one, { type: 'orders', jws, etag });
  }

  return {
    /** For the server's `upgrade`: takes what asks for the live channel, and refuses all else. */
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      const path = (request.url ?? '').split('?')[0];
      const status =
        path !== '/v1/live' ? 404 : all.size >= SOCKETS || strangers.count() >= STRANGERS ? 503 : null;
      if (status !== null) {
        // Node has let go of the socket by now: a reset that nobody hears would end the whole endpoint.
        socket.on('error', () => socket.destroy());
        socket.end(
          `HTTP/1.1 ${status} ${status === 404 ? 'Not Found' : 'Service Unavailable'}\r\nConnection: close\r\n\r\n`,
          // Whoever does not hang up would hold it open for ever, counted by nobody.
          () => socket.destroy(),
        );
        return;
      }
      const address = addressOfUpgrade(request);
      server.handleUpgrade(request, socket, head, (made) => take(made, address));
    },
    /** Seats with a socket open. */
    seats: (): string[] => [...ofSeat.keys()],
    /** How many sockets there are, strangers included. */
    count: (): number => all.size,
    give(orders: SeatOrders): void {
      for (const one of ofSeat.get(orders.seat) ?? []) give(one, orders);
    },
    tellAll(what: 'policy' | 'catalogue'): void {
      for (const sockets of ofSeat.values()) for (const one of sockets) say(one, { type: 'changed', what });
    },
    close(): void {
      clearInterval(beating);
      for (const { socket } of all) {
        socket.close(1001);
        // Whoever does not answer the farewell must not hold up the stop.
        setTimeout(() => socket.terminate(), 500).unref();
      }
    },
  };
}
export type Sockets = ReturnType<typeof createSockets>;

function readMessage(text: string): LiveFromSeat | null {
  try {
    return LiveFromSeat.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
