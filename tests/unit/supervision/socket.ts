import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Around, within } from './around.ts';

/*
 * A socket without a network: what the worker opens and what the endpoint takes are two ends of one object. `ws` is
 * replaced by the endpoint's end (`vi.mock`); all that the endpoint and the worker do with it is theirs.
 */

/** The seat's end, as a browser has it. */
export class SeatSocket {
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  /** Half open: nothing gets through, and neither end is told. */
  isDeaf = false;
  /** Its hello has come to the endpoint. */
  isWelcome = false;
  readonly at: Around;
  readonly endpoint: Around;
  readonly other: EndpointSocket;
  heard: (text: string) => void = () => {};

  constructor(at: Around, endpoint: Around) {
    this.at = at;
    this.endpoint = endpoint;
    this.other = new EndpointSocket(this);
  }
  open(): void {
    this.readyState = 1;
    within(this.at, () => this.onopen?.());
  }
  send(text: string): void {
    if (this.isDeaf) return;
    setImmediate(() => {
      if (this.isDeaf || this.readyState !== 1) return;
      within(this.endpoint, () => this.other.emit('message', Buffer.from(text), false));
      this.isWelcome = true;
    });
  }
  /** What the endpoint says. */
  hear(text: string): void {
    if (this.isDeaf || this.readyState !== 1) return;
    setImmediate(() => {
      if (this.isDeaf || this.readyState !== 1) return;
      this.heard(text);
      this.forge(text);
    });
  }
  /** Words that come to the seat, whoever said them. */
  forge(text: string): void {
    within(this.at, () => this.onmessage?.({ data: text }));
  }
  close(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    if (!this.isDeaf) this.other.fall();
  }
  /** The other end, or the network, has ended it. */
  fall(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    if (!this.isDeaf) setImmediate(() => within(this.at, () => this.onclose?.()));
  }
}

/** The endpoint's end, as `ws` has it. */
export class EndpointSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly seat: SeatSocket;
  constructor(seat: SeatSocket) {
    super();
    this.seat = seat;
  }
  send(text: string): void {
    this.seat.hear(text);
  }
  ping(): void {
    if (!this.seat.isDeaf && this.seat.readyState === 1) this.emit('pong');
  }
  close(): void {
    this.fall();
    this.seat.fall();
  }
  terminate(): void {
    this.close();
  }
  fall(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    within(this.seat.endpoint, () => this.emit('close'));
  }
}

/** Stands in for the server of `ws`: the seat's end comes with the request. */
export class WebSocketServer {
  handleUpgrade(request: IncomingMessage, _socket: Duplex, _head: Buffer, take: (socket: unknown) => void) {
    take((request as unknown as { seatSocket: SeatSocket }).seatSocket.other);
  }
}
