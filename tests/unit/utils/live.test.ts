import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Settings } from '../../../rules/settings.ts';
import { createLive } from '../../../utils/live.ts';
import type { State, Store } from '../../../utils/store.ts';

const second = 1_000;
const settings: Settings = {
  endpoint: 'https://keystage.school.example',
  school: 'wrenfield',
  publicKeys: ['x'.repeat(43)],
  enrolmentToken: 'x'.repeat(16),
  stage: 'KS2',
};
const seat = { endpoint: settings.endpoint, who: '/', seat: crypto.randomUUID(), key: 'k'.repeat(43) };
const versions = { policy: '1.a', catalogue: null, orders: null };

class FakeSocket {
  static OPEN = 1;
  readyState = 0;
  closed = false;
  said: { type: string }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly address: string;
  constructor(address: string) {
    this.address = address;
  }
  send(text: string) {
    this.said.push(JSON.parse(text));
  }
  close() {
    this.closed = true;
    this.readyState = 3;
  }
  opens() {
    this.readyState = 1;
    this.onopen?.();
  }
  says(words: unknown) {
    this.onmessage?.({ data: typeof words === 'string' ? words : JSON.stringify(words) });
  }
  falls() {
    this.readyState = 3;
    this.onclose?.();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function device(changes: { enrolled?: boolean } = {}) {
  const state = new Map<string, unknown>([
    ['inForce', { versions }],
    ...(changes.enrolled === false ? [] : [['seat', seat] as const]),
  ]);
  const sockets: FakeSocket[] = [];
  const happened: string[] = [];
  const use = { inUse: true };
  const store = {
    get: async (key: keyof State) => state.get(key),
    documents: async () => [],
  } as unknown as Store;
  const live = createLive({
    open: (address) => {
      const made = new FakeSocket(address);
      sockets.push(made);
      return made as unknown as WebSocket;
    },
    settings: async () => settings,
    store,
    keep: async (_, { jws }) => {
      if (jws === 'bad') return 'refused';
      happened.push(`kept ${jws}`);
      state.set('inForce', { versions: { ...versions, orders: jws } });
      return 'new';
    },
    isInUse: async () => use.inUse,
    arrived: async () => happened.push('in force'),
    fetchNow: async () => happened.push('fetched'),
    chance: () => 1,
  });
  const last = () => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  };
  return { live, sockets, happened, use, state, last };
}
const settled = () => vi.advanceTimersByTimeAsync(0);

test('hello first, then orders are kept, brought in force and said to be', async () => {
  const { live, last, happened } = device();
  await live.stand();
  expect(last().address).toBe('wss://keystage.school.example/v1/live');
  last().opens();
  await settled();
  expect(last().said).toEqual([
    {
      type: 'hello',
      seat: seat.seat,
      key: seat.key,
      versions: { policy: null, catalogue: null, orders: null },
    },
    { type: 'in-force', versions },
  ]);
  last().says({ type: 'orders', jws: 'one', etag: '"1"' });
  last().says({ type: 'orders', jws: 'two', etag: '"2"' });
  await settled();
  expect(happened).toEqual(['kept one', 'in force', 'kept two', 'in force']);
  expect(last().said.slice(2)).toEqual([
    { type: 'in-force', versions: { ...versions, orders: 'one' } },
    { type: 'in-force', versions: { ...versions, orders: 'two' } },
  ]);
  await live.tellInForce();
  expect(last().said).toHaveLength(4);
});

test('orders that are refused change nothing, and nonsense harms nobody', async () => {
  const { live, last, happened } = device();
  await live.stand();
  last().opens();
  last().says({ type: 'orders', jws: 'bad', etag: '"1"' });
  last().says('<html>');
  last().says({ type: 'dance' });
  last().says({ type: 'orders', jws: 'good', etag: '"2"' });
  await settled();
  expect(happened).toEqual(['kept good', 'in force']);
});

test('another document that changed is fetched, spread over seconds', async () => {
  const { live, last, happened } = device();
  await live.stand();
  last().opens();
  last().says({ type: 'changed', what: 'policy' });
  await vi.advanceTimersByTimeAsync(2_999);
  expect(happened).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(happened).toEqual(['fetched']);
});

test('it beats every twenty seconds; a silent other end is left within a minute, and what it may have said is asked for', async () => {
  const { live, last, sockets, happened } = device();
  await live.stand();
  last().opens();
  for (let beats = 0; beats < 5; beats += 1) {
    await vi.advanceTimersByTimeAsync(20 * second);
    last().says({ type: 'beat' });
  }
  expect(last().said.filter(({ type }) => type === 'beat')).toHaveLength(5);
  const first = last();
  await vi.advanceTimersByTimeAsync(44 * second);
  expect(first.closed).toBe(false);
  expect(happened).toEqual([]);
  await vi.advanceTimersByTimeAsync(8 * second);
  expect(first.closed).toBe(true);
  await vi.advanceTimersByTimeAsync(2 * second);
  expect(happened).toEqual(['fetched']);
  expect(sockets).toHaveLength(2);
});

test('what falls is made again with growing waits, and at once when a lid opens', async () => {
  const { live, last, sockets } = device();
  await live.stand();
  for (const wait of [2, 4, 8, 16]) {
    last().falls();
    const before = sockets.length;
    // Beats come round meanwhile; they do not push.
    await live.stand();
    await vi.advanceTimersByTimeAsync(wait * second - 1);
    expect(sockets).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(sockets).toHaveLength(before + 1);
  }
  last().falls();
  await live.stand(true);
  expect(sockets).toHaveLength(6);
  // One that has stood for a while begins at the shortest wait again.
  last().opens();
  await vi.advanceTimersByTimeAsync(31 * second);
  last().falls();
  await vi.advanceTimersByTimeAsync(2 * second);
  expect(sockets).toHaveLength(7);
});

test('a socket that a firewall swallows is given up after ten seconds', async () => {
  const { live, last, sockets } = device();
  await live.stand();
  await vi.advanceTimersByTimeAsync(10 * second);
  expect(last().closed).toBe(true);
  await vi.advanceTimersByTimeAsync(2 * second);
  expect(sockets).toHaveLength(2);
});

test('a half-open socket is not trusted when a lid opens or the network is another', async () => {
  const { live, last, sockets } = device();
  await live.stand();
  last().opens();
  await vi.advanceTimersByTimeAsync(20 * second);
  await live.stand(true);
  expect(sockets).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(6 * second);
  await live.stand(true);
  expect(sockets).toHaveLength(2);
  await live.anew();
  expect(sockets).toHaveLength(3);
});

test('another network does not wait for what the last one cost', async () => {
  const { live, last, sockets } = device();
  await live.stand();
  last().falls();
  expect(sockets).toHaveLength(1);
  await live.anew();
  expect(sockets).toHaveLength(2);
});

test('nobody there: it closes, and stays closed until somebody is', async () => {
  const { live, last, sockets, use } = device();
  await live.stand();
  last().opens();
  use.inUse = false;
  await live.stand();
  expect(last().closed).toBe(true);
  await vi.advanceTimersByTimeAsync(60 * second);
  await live.stand();
  expect(sockets).toHaveLength(1);
  use.inUse = true;
  await live.stand(true);
  expect(sockets).toHaveLength(2);
});

test('without a seat there is no socket, and never two at once', async () => {
  const { live, sockets, state } = device({ enrolled: false });
  await live.stand();
  expect(sockets).toEqual([]);
  state.set('seat', { ...seat, endpoint: 'https://another.example' });
  await live.stand(true);
  expect(sockets).toEqual([]);
  state.set('seat', seat);
  await Promise.all([live.stand(true), live.stand(true), live.stand()]);
  expect(sockets).toHaveLength(1);
});
