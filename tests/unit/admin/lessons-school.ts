import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { WebSocket } from 'ws';
import { Orders } from '../../../rules/orders.ts';
import { LiveToSeat } from '../../../rules/wire.ts';
import { payloadOf } from '../../fixtures/payload.ts';
import type { School } from './school.ts';

export type Enrolled = Awaited<ReturnType<School['enrol']>>;

/** What the school signed, read without a look at the signature. */
export const ordersIn = (jws: string): Orders => Orders.parse(payloadOf(jws));

/** The orders that a seat gets when it asks. */
export const polled = async (seat: Enrolled): Promise<Orders> =>
  ordersIn(await (await seat.get('/v1/orders')).text());

/** The endpoint of a school on a real port of this computer, with its live channel. */
export async function serve({ endpoint }: School) {
  const server: Server = createServer(
    getRequestListener((request, env) => endpoint.shared.fetch(request, env)),
  );
  server.on('upgrade', endpoint.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `ws://127.0.0.1:${port}/v1/live`,
    /** How many connections there are, of whatever kind. */
    connections: () =>
      new Promise<number>((resolve, reject) => {
        server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const nothingHeld = { policy: null, catalogue: null, orders: null };

/** A seat's live channel: what it was told, and a wait for the next word of a kind. */
export async function openLive(url: string, seat?: Pick<Enrolled, 'seat' | 'key'>, held = {}) {
  const socket = new WebSocket(url);
  const told: LiveToSeat[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const one of [...waiting]) one();
  };
  socket.on('message', (bytes) => {
    told.push(LiveToSeat.parse(JSON.parse(String(bytes))));
    wake();
  });
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const say = (message: unknown) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  if (seat) say({ type: 'hello', seat: seat.seat, key: seat.key, versions: { ...nothingHeld, ...held } });
  return {
    socket,
    told,
    closed,
    say,
    /** All orders so far. */
    orders: (): Orders[] => told.flatMap((one) => (one.type === 'orders' ? [ordersIn(one.jws)] : [])),
    /** Resolves when what was told fits. */
    until: (fits: (told: readonly LiveToSeat[]) => boolean): Promise<void> =>
      new Promise((resolve) => {
        const look = () => {
          if (!fits(told)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    /** The first orders that fit. */
    ordersThat(fits: (orders: Orders) => boolean): Promise<Orders> {
      return this.until(() => this.orders().some(fits)).then(() => this.orders().find(fits) as Orders);
    },
    close: () => {
      socket.close();
      return closed;
    },
  };
}

/** Minutes from a moment, as an instant. */
export const after = (clock: { now: number }, minutes: number): string =>
  new Date(clock.now + minutes * 60_000).toISOString();
