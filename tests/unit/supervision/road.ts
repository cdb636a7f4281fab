import type { Endpoint } from '../../../admin/endpoint.ts';
import { type Around, counted, within } from './around.ts';
import { SeatSocket } from './socket.ts';

/** `cut`: refused at once. `half-open`: nothing comes through, nobody is told. `no-sockets`: requests only. `slow`: answers take their time. */
export type RoadState = 'up' | 'cut' | 'half-open' | 'no-sockets' | 'slow';

const TIMEOUT_MS = 20_000;
const SLOW_MS = 4_000;

export type Road = ReturnType<typeof createRoad>;
/** What the road saw: an answer with its Date came, or orders did. */
export type Seen = { date?: number; orders?: unknown; asked?: boolean };

/** The way between one seat and the endpoint. `mark` is kept when orders leave, and handed back when they arrive. */
export function createRoad(
  endpoint: () => { endpoint: Endpoint; around: Around; wall: () => number },
  mark: () => unknown,
  seen: (what: Seen) => void,
) {
  let state: RoadState = 'up';
  let socket: SeatSocket | null = null;
  let worker = 0;
  let waiting = 0;
  /** Orders that have come this way, to be replayed. */
  const past: string[] = [];

  /** Resolves after that long in the seat's own time; never, if its worker is gone by then. */
  const after = (ms: number, mine: number) =>
    new Promise<void>((resolve) => {
      waiting += 1;
      setTimeout(() => {
        if (mine !== worker) return;
        waiting -= 1;
        resolve();
      }, ms);
    });

  const fetching = (async (address: URL, init: RequestInit & { headers: Record<string, string> }) => {
    const mine = worker;
    if (state === 'cut') throw new TypeError('Failed to fetch');
    if (state === 'half-open') {
      await after(TIMEOUT_MS, mine);
      throw new DOMException('timed out', 'TimeoutError');
    }
    const { endpoint: at, around, wall } = endpoint();
    const { method = 'GET', headers, body = null } = init;
    const isOrders = address.pathname === '/v1/orders';
    const date = Math.floor(wall() / 1_000) * 1_000;
    // Whole, so that nothing of it is still on its way when it has come.
    const { answer, bytes } = await counted(
      within(around, async () => {
        const given = await at.device.request(address.href, { method, headers, body });
        return { answer: given, bytes: await given.arrayBuffer() };
      }),
    );
    const marked = isOrders ? mark() : undefined;
    if (state === 'slow') await after(SLOW_MS, mine);
    if (mine !== worker) return new Promise<Response>(() => {});
    // It may have broken while the answer was on its way.
    if ((state as RoadState) === 'cut') throw new TypeError('Failed to fetch');
    if (isOrders && answer.status === 200) past.push(new TextDecoder().decode(bytes));
    seen({ date, ...(isOrders && answer.status < 400 ? { orders: marked, asked: true } : {}) });
    const said = new Headers(answer.headers);
    said.set('date', new Date(date).toUTCString());
    return new Response(bytes.byteLength > 0 ? bytes : null, { status: answer.status, headers: said });
  }) as unknown as typeof fetch;

  return {
    state: () => state,
    fetch: fetching,
    socket: () => socket,
    /** A socket stands: both ends have heard of each other, and nothing is in between. */
    stands: () => socket !== null && socket.readyState === 1 && !socket.isDeaf && socket.isWelcome,
    /** The worker has a socket, whatever it is worth: Chrome lets it live. */
    keepsAwake: () => waiting > 0 || (socket !== null && socket.readyState <= 1),
    /** An answer is still on its way, or never comes. */
    waits: () => waiting > 0,
    past,
    openSocket(at: Around): SeatSocket {
      const { endpoint: other, around } = endpoint();
      const made = new SeatSocket(at, around);
      socket = made;
      made.heard = (text) => {
        const { type, jws } = JSON.parse(text) as { type: string; jws?: string };
        if (type !== 'orders' || jws === undefined) return;
        past.push(jws);
        seen({ orders: mark() });
      };
      if (state === 'half-open') made.isDeaf = true;
      else if (state === 'cut' || state === 'no-sockets') setImmediate(() => made.fall());
      else
        setImmediate(() => {
          if (made.readyState !== 0) return;
          within(around, () =>
            other.upgrade(
              { url: '/v1/live', seatSocket: made, socket: {}, headers: {} } as never,
              null as never,
              Buffer.alloc(0),
            ),
          );
          made.open();
        });
      return made;
    },
    workerGone(): void {
      worker += 1;
      waiting = 0;
      if (socket && !socket.isDeaf) {
        socket.onclose = null;
        socket.close();
      }
      socket = null;
    },
    become(next: RoadState): void {
      state = next;
      if (!socket) return;
      if (next === 'half-open') socket.isDeaf = true;
      if (next === 'cut' || next === 'no-sockets') {
        socket.other.fall();
        socket.isDeaf = false;
        socket.fall();
      }
    },
  };
}
