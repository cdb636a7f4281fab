import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../../admin/cli.ts';
import { payloadText } from '../../fixtures/payload.ts';
import { openLive, ordersIn, polled, serve } from './lessons-school.ts';
import { examplePolicy, openSchool, type School } from './school.ts';

let school: School;
let served: Awaited<ReturnType<typeof serve>>;
const open = async (options: Parameters<typeof openSchool>[0] = {}) => {
  school = await openSchool(options);
  served = await serve(school);
};
beforeEach(() => open());
afterEach(async () => {
  await school.close();
  await served.close();
});
const closing = (entry: string) => ({ entry, reason: 'harmful', by: 'IT' });
const close = (...entries: string[]) => school.endpoint.setOrders({ closings: entries.map(closing) }, 'test');

test('after hello a seat gets its orders, unless it has them already', async () => {
  const seat = await school.enrol();
  const first = await openLive(served.url, seat);
  const orders = await first.ordersThat(() => true);
  expect(orders.seat).toBe(seat.seat);
  const second = await openLive(served.url, seat, { orders: `${orders.epoch}.${orders.issuedAt}` });
  await close('bad.example');
  const next = await second.ordersThat(() => true);
  expect(next.closings).toHaveLength(1);
  expect(second.orders()).toHaveLength(1);
});

test('orders are signed for one seat: another’s name another seat', async () => {
  const [one, two] = await Promise.all([school.enrol(), school.enrol()]);
  expect((await polled(one)).seat).toBe(one.seat);
  expect((await polled(two)).seat).toBe(two.seat);
});

test.each([
  ['a wrong key', (seat: string) => ({ type: 'hello', seat, key: 'k'.repeat(43), versions: none }), 4401],
  ['anything but hello first', () => ({ type: 'beat' }), 4400],
  ['no JSON', () => 'hello', 4400],
  ['a message too long', () => `"${'x'.repeat(5_000)}"`, 1009],
])('%s: the socket is closed', async (_what, message, code) => {
  const { seat } = await school.enrol();
  const live = await openLive(served.url);
  live.say(message(seat));
  expect(await live.closed).toBe(code);
  expect(live.told).toEqual([]);
});
const none = { policy: null, catalogue: null, orders: null };

test('a second hello, and too many words, close it too', async () => {
  const seat = await school.enrol();
  const hello = { type: 'hello', seat: seat.seat, key: seat.key, versions: none };
  const twice = await openLive(served.url, seat);
  twice.say(hello);
  expect(await twice.closed).toBe(4400);
  const flood = await openLive(served.url, seat);
  for (let word = 0; word < 200; word += 1) flood.say({ type: 'beat' });
  expect(await flood.closed).toBe(4429);
});

test('whoever does not say hello in time is closed, and another address is no live channel', async () => {
  await school.close();
  await served.close();
  await open({ liveTimes: { helloWithinMs: 20 } });
  expect(await (await openLive(served.url)).closed).toBe(4408);
  await expect(openLive(served.url.replace('/live', '/other'))).rejects.toThrow('404');
});

test('fifty sockets, also of one seat, are all told at once; beyond sixty-four the oldest goes', async () => {
  const seats = await Promise.all(Array.from({ length: 25 }, () => school.enrol()));
  const shared = await school.enrol();
  const sockets = await Promise.all(
    [...seats, ...Array.from({ length: 25 }, () => shared)].map((seat) => openLive(served.url, seat)),
  );
  await Promise.all(sockets.map((socket) => socket.ordersThat(() => true)));
  expect(school.endpoint.sockets()).toBe(50);
  await close('bad.example');
  await Promise.all(sockets.map((socket) => socket.ordersThat(({ closings }) => closings.length === 1)));
  const oldest = sockets[25];
  for (let more = 0; more < 40; more += 1) await (await openLive(served.url, shared)).ordersThat(() => true);
  expect(await oldest?.closed).toBe(4409);
});

/** A socket that shakes hands and then reads and writes nothing more, as one whose network has gone. */
function halfOpen(path = '/v1/live', neverEnds = false) {
  const raw = connect({ port: served.port, host: '127.0.0.1', allowHalfOpen: neverEnds });
  raw.on('error', () => {});
  raw.write(
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  return raw;
}

test('a stranger who asks another address for a socket and resets it does not end the endpoint', async () => {
  const raw = halfOpen('/other', true);
  await new Promise((resolve) => raw.once('data', resolve));
  raw.resetAndDestroy();
  // Vitest fails of any error that nobody heard.
  expect((await openLive(served.url)).told).toEqual([]);
});

test('a stranger who is refused a socket holds none, also without hanging up', async () => {
  const raw = halfOpen('/other', true);
  await new Promise((resolve) => raw.once('end', resolve).resume());
  await expect.poll(() => served.connections()).toBe(0);
  raw.destroy();
});

test.each([
  ['silent', undefined],
  // An empty text frame, masked with zeros: no message, so the endpoint says farewell before hello is due.
  ['malformed', Buffer.from([0x81, 0x80, 0, 0, 0, 0])],
])('a %s stranger is gone once hello is due, without an answer to the farewell', async (_what, frame) => {
  await school.close();
  await served.close();
  await open({ liveTimes: { helloWithinMs: 200 } });
  const raw = halfOpen();
  await new Promise((resolve) => raw.once('data', resolve));
  if (frame) raw.write(frame);
  expect(school.endpoint.sockets()).toBe(1);
  await expect.poll(() => school.endpoint.sockets(), { timeout: 2_000 }).toBe(0);
  raw.destroy();
});

test('a half-open socket is dropped: it neither answers a ping nor says a word', async () => {
  await school.close();
  await served.close();
  await open({ liveTimes: { beatMs: 30 } });
  const alive = await openLive(served.url, await school.enrol());
  await alive.ordersThat(() => true);
  const raw = halfOpen();
  const ended = new Promise((resolve) => raw.once('close', resolve));
  await new Promise((resolve) => raw.once('data', resolve));
  raw.resume();
  await ended;
  await alive.until((told) => told.filter(({ type }) => type === 'beat').length >= 5);
  expect(alive.socket.readyState).toBe(alive.socket.OPEN);
  expect(school.endpoint.sockets()).toBe(1);
});

test('a new policy is told to whoever is there, and to whoever comes with an older one', async () => {
  const seat = await school.enrol();
  const here = await openLive(served.url, seat);
  await here.ordersThat(() => true);
  await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  await here.until((told) => told.some((one) => one.type === 'changed' && one.what === 'policy'));
  const later = await openLive(served.url, seat, { policy: '1.2026-01-01T00:00:00.000Z' });
  await later.until((told) => told.some((one) => one.type === 'changed' && one.what === 'policy'));
});

test('what the command line sets on the same folder goes down the socket of the endpoint that runs', async () => {
  const live = await openLive(served.url, await school.enrol());
  await live.ordersThat(() => true);
  const file = join(school.folder, 'orders.json');
  await writeFile(file, JSON.stringify({ closings: [closing('bad.example')] }));
  const { code } = await runCommand(['orders', 'set', file, '--data', school.folder], {});
  expect(code).toBe(0);
  expect((await live.ordersThat(({ closings }) => closings.length === 1)).closings[0]?.entry).toBe(
    'bad.example',
  );
});

test('versions rise strictly for a seat, whatever the clock does', async () => {
  const live = await openLive(served.url, await school.enrol());
  await live.ordersThat(() => true);
  for (const [at, step] of [0, 86_400_000, -172_800_000, 1, -1].entries()) {
    school.clock.now += step;
    await close(`bad-${at}.example`);
    await live.ordersThat(({ closings }) => closings[0]?.entry === `bad-${at}.example`);
  }
  const versions = live.orders().map(({ issuedAt }) => issuedAt);
  expect(versions).toEqual(versions.toSorted());
  expect(new Set(versions).size).toBe(versions.length);
});

test('no orders stay in the database', async () => {
  const seat = await school.enrol();
  await close('bad.example');
  await polled(seat);
  const kept = await school.endpoint.store
    .selectFrom('documents')
    .selectAll()
    .where('kind', '=', 'orders')
    .execute();
  expect(kept).toEqual([]);
});

test('at its end the endpoint says farewell', async () => {
  const live = await openLive(served.url, await school.enrol());
  await live.ordersThat(() => true);
  school.endpoint.endLive();
  expect(await live.closed).toBe(1001);
});

test('what concerns one account goes to its seats alone', async () => {
  const mine = await school.enrol({ account: 'One@school.example' });
  const other = await school.enrol({ account: 'two@school.example' });
  const from = { startsAt: '2026-09-07T09:00:00.000Z', endsAt: '2026-09-07T11:00:00.000Z' };
  const set = await school.endpoint.setOrders(
    {
      suspensions: [{ pupil: 'one@school.example', reason: 'private', endsAt: from.endsAt }],
      grants: [
        {
          id: 'g',
          scope: { pupils: ['one@school.example'] },
          entries: [{ entry: 'a.example' }],
          reason: 'r',
          by: 'b',
          ...from,
        },
        {
          id: 'all',
          scope: { stages: ['KS2'] },
          entries: [{ entry: 'b.example' }],
          reason: 'r',
          by: 'b',
          ...from,
        },
      ],
    },
    'test',
  );
  expect(set.ok).toBe(true);
  const ofMine = await polled(mine);
  expect(ofMine.suspensions).toMatchObject([{ pupil: 'one@school.example', reason: '' }]);
  expect(ofMine.grants.map(({ id }) => id)).toEqual(['g', 'all']);
  const ofOther = await (await other.get('/v1/orders')).text();
  expect(ordersIn(ofOther)).toMatchObject({ suspensions: [], grants: [{ id: 'all' }] });
  expect(payloadText(ofOther)).not.toContain('one@school');
});
