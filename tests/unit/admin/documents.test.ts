import { compactVerify, importJWK } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cleanList } from '../../../admin/catalogue.ts';
import { sha256 } from '../../../admin/sign.ts';
import { accountToHash, hashedAccount } from '../../../rules/account-hash.ts';
import { Catalogue } from '../../../rules/catalogue.ts';
import { compareVersions } from '../../../rules/document.ts';
import { Orders } from '../../../rules/orders.ts';
import { Policy } from '../../../rules/policy.ts';
import { examplePolicy, openSchool, type School } from './school.ts';

let school: School;
beforeEach(async () => {
  school = await openSchool();
});
afterEach(() => school.close());

/** What a device does: the pinned key alone decides. */
async function open(jws: string) {
  const [pinned] = school.endpoint.secrets.signingKeys;
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: pinned?.x ?? '' }, 'EdDSA');
  const { payload, protectedHeader } = await compactVerify(jws, key);
  return { header: protectedHeader, document: JSON.parse(new TextDecoder().decode(payload)) };
}

test('before anything is published there is no policy, and the answer says so', async () => {
  const seat = await school.enrol();
  const answer = await seat.get('/v1/policy');
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: 'no-document' });
});

test('a published policy arrives signed with the pinned key, with its epoch and issue time', async () => {
  const published = await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  expect(published.ok).toBe(true);
  const answer = await (await school.enrol()).get('/v1/policy');
  expect(answer.headers.get('content-type')).toBe('application/jose');
  const { header, document } = await open(await answer.text());
  expect(header).toEqual({
    alg: 'EdDSA',
    kid: school.endpoint.secrets.signingKeys[0]?.x,
    typ: 'keystage-policy+jwt',
  });
  expect(Policy.parse(document)).toMatchObject({ epoch: 1, issuedAt: '2026-09-07T10:00:00.000Z' });
});

test('no device can read which accounts a policy has arrangements for; the school still can', async () => {
  const written = await examplePolicy();
  const account = 'Ada.Lovelace@wrenfield.example';
  const overlay = { ...written.overlays[0], id: 'one-pupil', scope: { pupils: [account] } };
  const published = await school.endpoint.publishPolicy({ ...written, overlays: [overlay] }, 'test');
  if (!published.ok) throw new Error(JSON.stringify(published));
  expect(published.policy.overlays?.[0]?.scope.pupils).toEqual([account]);

  const { document } = await open(await (await (await school.enrol()).get('/v1/policy')).text());
  expect(JSON.stringify(document).toLowerCase()).not.toContain('lovelace');
  const policy = Policy.parse(document);
  const salt = policy.accountSalt ?? '';
  expect(policy.overlays?.[0]?.scope.pupils).toEqual([
    hashedAccount(sha256(accountToHash(salt, account.toLowerCase()))),
  ]);
  // A device that knows no hashes would overlook a stricter arrangement.
  expect(policy.mustUnderstand).toContain('accountSalt');
  expect(salt).not.toBe('');
});

test('the version rises with every publication, also when the clock was put back', async () => {
  const first = await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  school.clock.now -= 86_400_000;
  const second = await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  if (!first.ok || !second.ok) throw new Error('refused');
  expect(compareVersions(second.policy, first.policy)).toBeGreaterThan(0);
});

test('what a device has is answered with 304, what it has not with the document', async () => {
  await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  const seat = await school.enrol();
  const etag = (await seat.get('/v1/policy')).headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
  const same = await seat.get('/v1/policy', { 'if-none-match': `"older", W/${etag}` });
  expect(same.status).toBe(304);
  expect(same.headers.get('etag')).toBe(etag);
  expect(await same.text()).toBe('');
  school.clock.now += 1_000;
  await school.endpoint.publishPolicy({ ...(await examplePolicy()), schoolName: 'Renamed' }, 'test');
  expect((await seat.get('/v1/policy', { 'if-none-match': etag })).status).toBe(200);
});

test('a policy is refused with the place and the reason, and the old one stands', async () => {
  await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  const seat = await school.enrol();
  const before = (await seat.get('/v1/policy')).headers.get('etag');
  const bad = await examplePolicy();
  bad.lists[0].entries[0].entry = 'co.uk';
  bad.school = 'another-school';
  const refused = await school.endpoint.publishPolicy(bad, 'test');
  expect(refused).toMatchObject({
    ok: false,
    code: 'not-a-policy',
    issues: [
      { path: 'school', problem: expect.stringContaining('another-school') },
      { path: 'lists[0].entries[0].entry', problem: expect.stringContaining('public-suffix') },
    ],
  });
  expect((await seat.get('/v1/policy')).headers.get('etag')).toBe(before);
});

test.each([[null], ['text'], [[]], [{}], [{ kind: 'orders' }]])('%j is not a policy', async (written) => {
  expect(await school.endpoint.publishPolicy(written, 'test')).toMatchObject({
    ok: false,
    code: 'not-a-policy',
  });
});

test('orders keep their tag for half of their life, then are signed anew', async () => {
  const seat = await school.enrol();
  const tagAndOrders = async () => {
    const answer = await seat.get('/v1/orders');
    return {
      etag: answer.headers.get('etag') ?? '',
      orders: Orders.parse((await open(await answer.text())).document),
    };
  };
  const first = await tagAndOrders();
  expect(first.orders.expiresAt).toBe('2026-09-08T10:00:00.000Z');
  school.clock.now += 11 * 3_600_000;
  expect((await seat.get('/v1/orders', { 'if-none-match': first.etag })).status).toBe(304);
  school.clock.now += 2 * 3_600_000;
  const second = await tagAndOrders();
  expect(second.etag).not.toBe(first.etag);
  expect(second.orders.expiresAt).toBe('2026-09-08T23:00:00.000Z');
});

test('orders that change are signed at once, and thirty devices that ask together get the same', async () => {
  const seat = await school.enrol();
  const before = (await seat.get('/v1/orders')).headers.get('etag');
  await school.endpoint.setOrders(
    {
      lessons: [],
      grants: [],
      closings: [{ entry: 'bad.example', reason: 'now', by: 'The DSL' }],
      suspensions: [],
    },
    'test',
  );
  const answers = await Promise.all(Array.from({ length: 30 }, () => seat.get('/v1/orders')));
  const tags = new Set(answers.map(({ headers }) => headers.get('etag')));
  expect(tags.size).toBe(1);
  expect(tags.has(before)).toBe(false);
});

test('a list is cleaned: lower case, each once, sorted; what is no host is named with its line', () => {
  expect(
    cleanList('b.example\nA.Example # why\n\na.example\nhttps://x.example/\nnot a host\nmünchen.example\n'),
  ).toEqual({
    hosts: ['a.example', 'b.example', 'xn--mnchen-3ya.example'],
    refused: [
      { line: 5, text: 'https://x.example/' },
      { line: 6, text: 'not a host' },
    ],
  });
});

test('the catalogue names each list by the hash of what arrives, and changes only when a list does', async () => {
  const made = await school.endpoint.publishCatalogue();
  expect(made).toMatchObject({ changed: true, refused: [{ file: 'games.txt', line: 4 }] });
  expect(await school.endpoint.publishCatalogue()).toMatchObject({ changed: false });
  const seat = await school.enrol();
  const { document } = await open(await (await seat.get('/v1/catalogue')).text());
  const [list] = Catalogue.parse(document).lists;
  const answer = await seat.get(`/v1/lists/${list?.sha256}`);
  const text = await answer.text();
  expect(text).toBe('play.example\nxn--mnchen-3ya.example\n');
  expect(sha256(text)).toBe(list?.sha256);
  expect(answer.headers.get('cache-control')).toContain('immutable');

  const packed = await seat.get(`/v1/lists/${list?.sha256}`, { 'accept-encoding': 'gzip' });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  const parts = await Promise.all(
    (list?.parts ?? []).map((part) => seat.get(`/v1/lists/parts/${part}`, { 'accept-encoding': 'gzip' })),
  );
  const sizes = await Promise.all(parts.map(async (part) => (await part.arrayBuffer()).byteLength));
  expect(sizes).toEqual([list?.bytes]);
});

test('a list that does not exist, and a path that is none, are refused with a code', async () => {
  const seat = await school.enrol();
  expect(await (await seat.get(`/v1/lists/${'0'.repeat(64)}`)).json()).toMatchObject({ code: 'no-list' });
  expect(await (await seat.get('/v1/lists/..%2f..%2fsecrets.json')).json()).toMatchObject({
    code: 'malformed',
  });
});

test('until the extension is packed its address says so', async () => {
  const answer = await school.endpoint.device.request('/updates.xml');
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: 'not-packed' });
});

test('the OpenAPI document names every route and the events', async () => {
  const document = await (await school.endpoint.device.request('/v1/openapi.json')).json();
  expect(Object.keys(document.paths).sort()).toEqual([
    '/catalogue',
    '/enrol',
    '/health',
    '/join',
    '/lists/parts/{sha256}',
    '/lists/{sha256}',
    '/lists/{sha256}/from/{before}',
    '/live',
    '/network-closed',
    '/orders',
    '/policy',
    '/reports',
    '/requests',
  ]);
  expect(document.components.schemas).toHaveProperty('ReportsEvent');
  expect(document.paths['/reports'].post.responses).toHaveProperty('413');
});
