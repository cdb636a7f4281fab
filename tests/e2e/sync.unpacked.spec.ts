import type { Page } from '@playwright/test';
import type { Trouble } from '../../rules/wire.ts';
import { closedOn } from '../fixtures/blockPage.ts';
import { examplePolicy } from '../fixtures/examplePolicy.ts';
import { waitInForce } from '../fixtures/inForce.ts';
import type { Profile } from '../fixtures/profile.ts';
import {
  type Answering,
  newKey,
  openScriptedEndpoint,
  type ScriptedEndpoint,
} from '../fixtures/scriptedEndpoint.ts';
import { test as base, expect } from '../fixtures/sharedSeat.ts';

const HOUR = 3_600_000;
const noon = new Date();

const test = base.extend<{ endpoint: ScriptedEndpoint; openScriptedSeat: () => Promise<Profile> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  endpoint: async ({}, use) => {
    const endpoint = await openScriptedEndpoint('wrenfield');
    await use(endpoint);
    await endpoint.close();
  },
  // Of the school only the build is used.
  openScriptedSeat: async ({ endpoint, shared }, use) => {
    await use(() =>
      shared.openSeat('KS2', {
        settings: { endpoint: endpoint.url, school: endpoint.school, publicKeys: [endpoint.publicKey] },
      }),
    );
  },
});

/** The example policy, issued so many hours from now. */
const policyOf = async (
  hours: number,
  changes: Record<string, unknown> = {},
): Promise<Record<string, unknown>> => ({
  ...(await examplePolicy()),
  schema: 1,
  mustUnderstand: [],
  school: 'wrenfield',
  epoch: 1,
  issuedAt: new Date(noon.getTime() + hours * HOUR).toISOString(),
  ...changes,
});

/** The worker hears that the network is back, and asks at once. */
const nudge = async (seat: Profile) =>
  (await seat.worker()).evaluate(() => void dispatchEvent(new Event('online')));

const text =
  (status: number, body: string, type = 'application/jose'): Answering =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': type }).end(body);

/** The troubles that the device holds, read from its own store by one of its pages. */
const troublesOn = (status: Page): Promise<Trouble[]> =>
  status.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('keystage');
        opening.onsuccess = () => {
          const asking = opening.result.transaction('state').objectStore('state').get('troubles');
          asking.onsuccess = () => {
            opening.result.close();
            resolve(asking.result ?? []);
          };
        };
      }),
  );

test('a bad policy changes nothing: refused with its code, told to the endpoint, shown, and asked for no more often', async ({
  shared: { site },
  endpoint,
  openScriptedSeat,
}) => {
  const good = await endpoint.sign('policy', await policyOf(0));
  endpoint.serve('policy', good);
  const seat = await openScriptedSeat();
  const before = await waitInForce(seat, { policy: true, stage: 'KS2' });
  const status = await seat.visit(seat.own('status.html'));
  await expect.poll(() => endpoint.health.length).toBe(1);

  const stranger = await newKey();
  const [header, , signature] = good.split('.');
  const tampered = Buffer.from(JSON.stringify(await policyOf(1))).toString('base64url');
  let sent = 0;
  const large: Answering = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/jose' });
    const part = Buffer.alloc(1_000_000, 'A');
    const more = () => {
      while (sent < 50_000_000 && !response.destroyed) {
        sent += part.length;
        if (!response.write(part)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  };
  const { stages: _, ...withoutStages } = await policyOf(1);
  const bad: [what: string, code: string, answer: string | Answering][] = [
    ['wrong signature', 'bad-signature', `${header}.${tampered}.${signature}`],
    ['unknown key', 'unknown-key', await stranger.sign('policy', await policyOf(1))],
    ['older version', 'older-version', await endpoint.sign('policy', await policyOf(-1))],
    ['older epoch', 'older-version', await endpoint.sign('policy', await policyOf(9, { epoch: 0 }))],
    [
      'a field it must understand',
      'needs-newer-extension',
      await endpoint.sign(
        'policy',
        await policyOf(1, { mustUnderstand: ['lists', 'fieldOfTomorrow'], fieldOfTomorrow: [] }),
      ),
    ],
    [
      'another school',
      'other-school',
      await endpoint.sign('policy', await policyOf(1, { school: 'elmbridge' })),
    ],
    ['no stages', 'not-a-document', await endpoint.sign('policy', withoutStages)],
    [
      'orders in its place',
      'not-a-document',
      await endpoint.sign('orders', await policyOf(1, { kind: 'orders' })),
    ],
    ['text that is signed', 'not-json', await endpoint.signText('{"kind":"policy",')],
    ['nothing that is signed', 'not-json', await endpoint.signText('')],
    ['empty', 'not-a-jws', text(200, '')],
    ['not JSON', 'not-a-jws', text(200, '{"policy":')],
    ['a page with 200', 'not-a-jws', text(200, '<!doctype html><h1>Welcome to our Wi-Fi</h1>', 'text/html')],
    ['50 MB', 'too-large', large],
  ];
  const startedAt = Date.now();
  const askedBefore = endpoint.asked('GET /v1/policy');
  let nudges = 0;
  for (const [what, code, answer] of bad) {
    const told = endpoint.health.length;
    endpoint.serve('policy', answer);
    await nudge(seat);
    nudges += 1;
    await expect.poll(() => endpoint.health.length, what).toBeGreaterThan(told);
    expect(endpoint.health.at(-1)?.troubles, what).toContainEqual(
      expect.objectContaining({ where: 'policy', code }),
    );
    expect(endpoint.health.at(-1)?.downloaded.policy, what).toBe(before.versions.policy);
    expect(endpoint.health.at(-1)?.inForce.policy, what).toBe(before.versions.policy);
    await status.reload();
    await expect(status.getByText(`policy · ${code}`), what).toBeVisible();
  }
  expect(sent).toBeLessThan(50_000_000);
  const approved = await seat.visit('https://thenational.academy/');
  await expect(approved.getByRole('heading')).toHaveText('thenational.academy/');
  const closed = await seat.visit('http://unlisted.example/');
  await closedOn(seat, closed);
  expect(site.pages('unlisted.example')).toEqual([]);

  // Quiet looks come 45 s apart at the soonest; everything else was asked for by us.
  const quiet = Math.ceil((Date.now() - startedAt) / 45_000);
  const asked = endpoint.asked('GET /v1/policy') - askedBefore;
  expect(asked).toBeGreaterThanOrEqual(nudges);
  expect(asked).toBeLessThanOrEqual(nudges + quiet);
  expect(endpoint.asked('POST /v1/health')).toBeLessThanOrEqual(1 + nudges + quiet);

  // The good one again, then a newer one: the troubles are over.
  endpoint.serve('policy', good);
  await nudge(seat);
  await expect.poll(() => troublesOn(status)).toEqual([]);
  endpoint.serve('policy', await endpoint.sign('policy', await policyOf(2)));
  await nudge(seat);
  await waitInForce(seat, { policy: true, notPolicy: before.versions.policy });
});

test('an endpoint that answers nonsense or nothing is asked again later, never in a circle', async ({
  endpoint,
  openScriptedSeat,
}) => {
  endpoint.serve('policy', await endpoint.sign('policy', await policyOf(0)));
  const seat = await openScriptedSeat();
  const before = await waitInForce(seat, { policy: true, stage: 'KS2' });
  const status = await seat.visit(seat.own('status.html'));
  await expect.poll(() => endpoint.health.length).toBe(1);
  const bad: [what: string, code: string, answer: Answering][] = [
    ['500', 'no-words', text(500, 'oh no', 'text/plain')],
    ['nothing', 'unreachable', (_, response) => void response.destroy()],
    [
      'half a body',
      'unreachable',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('eyJ', () => response.destroy());
      },
    ],
    [
      'elsewhere',
      'unreachable',
      (_, response) => void response.writeHead(302, { location: '/v1/enrol' }).end(),
    ],
  ];
  for (const [what, code, answer] of bad) {
    const asked = endpoint.asked('GET /v1/policy');
    endpoint.serve('policy', answer);
    await nudge(seat);
    await expect
      .poll(async () => (await troublesOn(status)).map((trouble) => `${trouble.where} ${trouble.code}`), what)
      .toContain(`sync ${code}`);
    // The beat comes round while it should wait: it does not ask.
    const worker = await seat.worker();
    for (let beats = 0; beats < 3; beats += 1)
      await worker.evaluate(async () => {
        const rang = chrome.alarms.onAlarm as unknown as { dispatch(alarm: { name: string }): void };
        rang.dispatch({ name: 'beat' });
        // Our turn at the lock comes when the beat has had its own.
        await navigator.locks.request('keystage-sync', () => undefined);
      });
    // Chrome itself sends a GET again, once, when a kept connection dies under it.
    expect(endpoint.asked('GET /v1/policy') - asked, what).toBeLessThanOrEqual(2);
  }
  await status.reload();
  await expect(status.getByText('sync · unreachable')).toBeVisible();
  const after = await waitInForce(seat, { policy: true });
  expect(after.versions).toEqual(before.versions);
  endpoint.serve('policy', await endpoint.sign('policy', await policyOf(0)));
  await nudge(seat);
  await expect.poll(() => troublesOn(status)).toEqual([]);
});

test('"not modified" to a device that has nothing keeps it closed until a real answer comes', async ({
  shared: { site },
  endpoint,
  openScriptedSeat,
}) => {
  endpoint.serve('policy', (_, response) => void response.writeHead(304).end());
  const seat = await openScriptedSeat();
  await waitInForce(seat, { stage: 'KS2' });
  const status = await seat.visit(seat.own('status.html'));
  await expect
    .poll(() => troublesOn(status))
    .toContainEqual(expect.objectContaining({ where: 'sync', code: 'bad-answer', detail: 'policy' }));
  const page = await seat.visit('https://thenational.academy/');
  await closedOn(seat, page);
  expect(site.visits.filter(({ page }) => page)).toEqual([]);
  endpoint.serve('policy', await endpoint.sign('policy', await policyOf(0)));
  await nudge(seat);
  // The block page goes on by itself.
  await page.waitForURL('https://thenational.academy/');
  await expect.poll(() => troublesOn(status)).toEqual([]);
});

test('orders open a closed page for as long as they say, and the block page goes on by itself', async ({
  endpoint,
  openScriptedSeat,
}) => {
  endpoint.serve('policy', await endpoint.sign('policy', await policyOf(0)));
  const seat = await openScriptedSeat();
  await waitInForce(seat, { policy: true, stage: 'KS2' });
  const page = await seat.visit('http://unlisted.example/granted');
  await closedOn(seat, page);
  const endsAt = new Date(Date.now() + HOUR).toISOString();
  const orders = {
    kind: 'orders',
    schema: 1,
    mustUnderstand: [],
    school: endpoint.school,
    epoch: 1,
    issuedAt: new Date(Date.now() + 1_000).toISOString(),
    expiresAt: endsAt,
    lessons: [],
    grants: [
      {
        id: 'g1',
        scope: { stages: ['KS2'] },
        entries: [{ entry: 'unlisted.example' }],
        reason: 'local history',
        by: 'Ms Patel',
        startsAt: noon.toISOString(),
        endsAt,
      },
    ],
    closings: [],
    suspensions: [],
  };
  endpoint.serve('orders', await endpoint.sign('orders', orders));
  await nudge(seat);
  await page.waitForURL('http://unlisted.example/granted');

  const withdrawn = { ...orders, grants: [], issuedAt: new Date(Date.now() + 2_000).toISOString() };
  endpoint.serve('orders', await endpoint.sign('orders', withdrawn));
  await nudge(seat);
  expect((await closedOn(seat, page)).address).toBe('http://unlisted.example/granted');
});
