import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { parseAddress } from '../../../rules/address.ts';
import { decide } from '../../../rules/decide.ts';
import type { Documents } from '../../../rules/documents.ts';
import { Orders } from '../../../rules/orders.ts';
import { Settings } from '../../../rules/settings.ts';
import type { Health } from '../../../rules/wire.ts';
import { createClock } from '../../../utils/clock.ts';
import type { CallAnswered, CallFailed, Endpoint } from '../../../utils/endpoint.ts';
import { createKeepDocument } from '../../../utils/keep-document.ts';
import { createStore } from '../../../utils/store.ts';
import { createSync } from '../../../utils/sync.ts';
import { createTroubles } from '../../../utils/troubles.ts';
import { exampleSchool } from '../rules/exampleSchool.ts';

/** Promise 12: server down ≠ filter off ≠ internet off. */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const noon = Date.parse('2026-11-20T12:00:00Z');
const school = exampleSchool();
const part = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url');
const PINNED = 'x'.repeat(43);
/** As the store holds it: the signature was checked when it came. */
const jws = `${part({ alg: 'EdDSA', kid: PINNED })}.${part({ ...school.policy })}.e30`;

const settings = Settings.parse({
  endpoint: 'https://keystage.school.example',
  school: school.policy.school,
  publicKeys: [PINNED],
  enrolmentToken: 'a token of sixteen',
  stage: 'KS2',
});

const bytes = (text: string) => new TextEncoder().encode(text);
const said = (status: number, text: string): CallAnswered => ({
  ok: true,
  status,
  headers: new Headers(),
  bytes: bytes(text),
});
const refused = (status: number, refusal: string): CallFailed => ({
  ok: false,
  code: 'refused',
  status,
  refusal,
});

/** What stands between a Chromebook and its endpoint, or is left of it. */
const silences: [string, CallAnswered | CallFailed][] = [
  ['the endpoint is gone', { ok: false, code: 'unreachable' }],
  ['a captive portal answers', said(200, '<html>Welcome to HotelNet</html>')],
  ['an empty answer', said(200, '')],
  ['404 from another server at that address', refused(404, 'no-words')],
  ['500', refused(500, 'internal')],
  ['the seat is unknown', refused(401, 'unknown-seat')],
  ['"as before"', said(304, '')],
];

test.each(silences)(
  '%s for a month: what was held is held, and no wait is longer than ten minutes',
  async (name, answer) => {
    const own = { now: noon };
    const clock = createClock(() => own.now);
    const store = createStore(`server-down-${name}`);
    const troubles = createTroubles(store, clock);
    await store.set('seat', { endpoint: settings.endpoint, who: '/', seat: crypto.randomUUID(), key: 'k' });
    await store.keepDocument({ kind: 'policy', jws, etag: '"1"', receivedAt: noon });
    let arrived = 0;
    let calls = 0;
    const endpoint: Endpoint = {
      call: async () => {
        calls += 1;
        return answer;
      },
    };
    const sync = createSync({
      store,
      clock,
      troubles,
      seats: {
        keptOrNew: async () => ({ ok: true, seat: 'seat', key: 'k' }),
        forget: async () => {},
      },
      settings: async () => settings,
      endpointOf: () => endpoint,
      keep: createKeepDocument({ store, clock, troubles }),
      health: async () => ({}) as Health,
      arrived: async () => {
        arrived += 1;
      },
    });
    for (const day of Array.from({ length: 30 }, (_, index) => index)) {
      own.now = noon + day * DAY_MS;
      const before = calls;
      await sync.run();
      expect(calls, `day ${day} is asked`).toBeGreaterThan(before);
      const { notBefore } = (await store.get('backOff')) ?? { notBefore: 0 };
      expect(notBefore - clock.now()).toBeLessThanOrEqual(10 * 60_000);
    }
    expect((await store.documents()).map((document) => document.jws)).toEqual([jws]);
    expect(arrived).toBe(0);
    // It is not silent about the silence.
    expect((await troubles.list()).length).toBeGreaterThan(0);
  },
);

test('an endpoint that does not answer is asked less and less, and at once when a lid opens', async () => {
  const own = { now: noon };
  const clock = createClock(() => own.now);
  const store = createStore('server-down-waits');
  const troubles = createTroubles(store, clock);
  let calls = 0;
  const sync = createSync({
    store,
    clock,
    troubles,
    seats: { keptOrNew: async () => ({ ok: true, seat: 'seat', key: 'k' }), forget: async () => {} },
    settings: async () => settings,
    endpointOf: () => ({
      call: async () => {
        calls += 1;
        return { ok: false, code: 'unreachable' };
      },
    }),
    keep: createKeepDocument({ store, clock, troubles }),
    health: async () => ({}) as Health,
    arrived: async () => {},
  });
  for (let beat = 0; beat < 40; beat += 1) {
    await sync.run();
    own.now += 30_000;
  }
  const { tries } = (await store.get('backOff')) ?? { tries: 0 };
  expect(tries).toBeGreaterThan(5);
  expect(tries).toBeLessThan(20);
  const before = calls;
  await sync.run();
  await sync.run(true);
  expect(calls).toBeGreaterThan(before);
});

const situation = { stage: 'KS2', groups: [], now: noon } as const;
const isOpen = (documents: Documents, now: number, address: string) => {
  const parsed = parseAddress(address);
  if (!parsed) throw new Error(address);
  return decide(documents, { ...situation, now }, parsed).open;
};

test('a year without a word: the filter is on, the web that the school approved is there, and what ends has ended', () => {
  const orders = Orders.parse({
    kind: 'orders',
    schema: 1,
    mustUnderstand: [],
    school: school.policy.school,
    epoch: 1,
    issuedAt: new Date(noon).toISOString(),
    expiresAt: new Date(noon + DAY_MS).toISOString(),
    lessons: [],
    grants: [
      {
        id: 'one',
        scope: { stages: ['KS2'] },
        entries: [{ entry: 'granted.example' }],
        reason: 'a test',
        by: 'Ms Patel',
        startsAt: new Date(noon - HOUR_MS).toISOString(),
        // Its own end lies far behind that of the orders.
        endsAt: new Date(noon + 900 * DAY_MS).toISOString(),
      },
    ],
    closings: [{ entry: 'simple.wikipedia.org', reason: 'a test', by: 'Ms Patel' }],
    suspensions: [],
  });
  for (const [now, granted] of [
    [noon, true],
    [noon + 365 * DAY_MS, false],
  ] as const) {
    const open = (address: string) => isOpen({ ...school, orders }, now, address);
    expect(open('https://www.bbc.co.uk/bitesize')).toBe(true);
    expect(open('https://unlisted.example/')).toBe(false);
    expect(open('https://granted.example/')).toBe(granted);
    // An urgent closing does not open by the endpoint's silence.
    expect(open('https://simple.wikipedia.org/')).toBe(false);
  }
});

test('with no policy at all a child can sign in, get through a captive portal, and call for help', () => {
  const none: Documents = {
    policy: null,
    orders: null,
    lists: new Map(),
    listsInForce: false,
    endpointHost: 'keystage.school.example',
  };
  const open = (address: string) => isOpen(none, noon, address);
  for (const address of [
    'https://accounts.google.com/signin',
    'https://login.microsoftonline.com/',
    'http://connectivitycheck.gstatic.com/generate_204',
    'http://clients3.google.com/generate_204',
    'http://www.gstatic.com/generate_204',
    'https://keystage.school.example/v1/policy',
    'https://www.childline.org.uk/',
  ])
    expect(open(address), address).toBe(true);
  expect(open('https://www.bbc.co.uk/bitesize')).toBe(false);
});
