import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../../admin/cli.ts';
import { publicKeysOf, readSecrets } from '../../../admin/data-folder.ts';
import { compareVersions, Envelope } from '../../../rules/document.ts';
import { payloadOf } from '../../fixtures/payload.ts';
import { examplePolicy, openSchool, type School } from './school.ts';

const kinds = ['policy', 'catalogue', 'orders'] as const;
type Kind = (typeof kinds)[number];
type Held = Partial<Record<Kind, Envelope>>;

let school: School;
let seat: Awaited<ReturnType<School['enrol']>>;
beforeEach(async () => {
  school = await openSchool();
  await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  await school.endpoint.publishCatalogue();
  seat = await school.enrol();
});
afterEach(() => school.close());

const run = async (...args: string[]) => {
  const { code, lines } = await runCommand([...args, '--data', school.folder], {});
  return { code, said: lines.join('\n') };
};
const pinned = async () => publicKeysOf((await readSecrets(school.folder)) ?? { ...school.endpoint.secrets });
const fetched = async (kind: Kind) => (await seat.get(`/v1/${kind}`)).text();

/** What a device does with a document (`utils/verify.ts`): pinned key, own school, no older than what it holds. */
async function admit(jws: string, keys: readonly string[], held?: Envelope) {
  const { kid = '' } = decodeProtectedHeader(jws);
  if (!keys.includes(kid)) return { code: 'unknown-key' };
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: kid }, 'EdDSA');
  const { payload } = await compactVerify(jws, key, { algorithms: ['EdDSA'] });
  const document = Envelope.parse(JSON.parse(new TextDecoder().decode(payload)));
  if (document.school !== 'wrenfield-all-through') return { code: 'other-school' };
  if (held && compareVersions(document, held) < 0) return { code: 'older-version' };
  return { code: 'admitted', kid, document };
}

/** What a document says, without its version. */
function wordsOf(jws: string): unknown {
  const document = payloadOf(jws);
  return { ...document, epoch: 0, issuedAt: '' };
}

/** A device fetches everything, and holds what it admits. */
async function sync(keys: readonly string[], held: Held = {}) {
  const codes: Record<string, string> = {};
  const kids = new Set<string>();
  const now: Held = { ...held };
  for (const kind of kinds) {
    const { code, kid, document } = await admit(await fetched(kind), keys, held[kind]);
    codes[kind] = code;
    if (kid) kids.add(kid);
    if (document) now[kind] = document;
  }
  return { codes, kids: [...kids], held: now };
}
const all = (code: string) => Object.fromEntries(kinds.map((kind) => [kind, code]));

test('after a restore devices refuse what is older; after "epoch raise" it wins', async () => {
  const keys = await pinned();
  // Devices hold what was issued a week after the backup that is in the folder now.
  const { held } = await sync(keys);
  const later: Held = Object.fromEntries(
    Object.entries(held).map(([kind, document]) => [
      kind,
      { ...document, issuedAt: '2026-09-14T10:00:00.000Z' },
    ]),
  );
  expect((await sync(keys, later)).codes).toEqual(all('older-version'));

  expect(await run('epoch', 'raise')).toMatchObject({ code: 0, said: expect.stringContaining('epoch 2') });
  const after = await sync(keys, later);
  expect(after.codes).toEqual(all('admitted'));
  for (const kind of kinds) {
    expect(after.held[kind]?.epoch).toBe(2);
    expect(Date.parse(after.held[kind]?.issuedAt ?? '')).toBeLessThan(Date.now());
  }
  // What is published from then on, by the endpoint that runs meanwhile, is newer still.
  await school.endpoint.publishPolicy({ ...(await examplePolicy()), schoolName: 'Renamed' }, 'test');
  await school.endpoint.setOrders({ closings: [{ entry: 'bad.example', reason: 'now', by: 'IT' }] }, 'test');
  expect((await sync(keys, after.held)).codes).toEqual(all('admitted'));
});

test('raising the epoch changes no document’s words, and nothing is signed again afterwards', async () => {
  const before = wordsOf(await fetched('policy'));
  await run('epoch', 'raise');
  expect(wordsOf(await fetched('policy'))).toEqual(before);
  const tag = (await seat.get('/v1/orders')).headers.get('etag');
  expect(await school.endpoint.publishCatalogue()).toMatchObject({ changed: false });
  expect((await seat.get('/v1/orders')).headers.get('etag')).toBe(tag);
});

test('an epoch can be named, and never falls', async () => {
  expect((await run('epoch', 'raise', '--to', '7')).code).toBe(0);
  expect(await run('epoch', 'raise', '--to', '7')).toMatchObject({
    code: 1,
    said: expect.stringContaining('epoch-not-higher'),
  });
  expect((await run('epoch', 'raise', '--to', '-1')).code).toBe(2);
  expect((await run('epoch', 'raise')).said).toContain('epoch 8');
});

test('while keys are changed no device is without a document that it can check', async () => {
  const [old = ''] = await pinned();
  const only = await sync([old]);

  const begun = await run('keys', 'rotate');
  expect(begun.code).toBe(0);
  const both = await pinned();
  expect(both).toHaveLength(2);
  for (const key of both) expect(begun.said).toContain(key);
  const fresh = both[1] ?? '';
  // Nothing is signed with the second key yet: who pins one key loses nothing, who pins both neither.
  expect(await sync([old], only.held)).toMatchObject({ codes: all('admitted'), kids: [old] });
  expect(await sync(both, only.held)).toMatchObject({ codes: all('admitted'), kids: [old] });
  expect((await run('keys', 'rotate')).said).toContain(fresh);
  expect(await pinned()).toEqual(both);

  const finished = await run('keys', 'rotate', '--finish');
  expect(finished).toMatchObject({ code: 0, said: expect.stringContaining(fresh) });
  expect(finished.said).not.toContain(old);
  const after = await sync(both, only.held);
  expect(after).toMatchObject({ codes: all('admitted'), kids: [fresh] });
  expect((await sync([fresh], after.held)).codes).toEqual(all('admitted'));
  expect((await sync([old], only.held)).codes).toEqual(all('unknown-key'));
  expect(await pinned()).toEqual([fresh]);

  // The endpoint that runs meanwhile signs with the new key too.
  await school.endpoint.publishPolicy({ ...(await examplePolicy()), schoolName: 'Renamed' }, 'test');
  school.clock.now = Date.now() + 13 * 3_600_000;
  expect(await sync([fresh], after.held)).toMatchObject({ codes: all('admitted'), kids: [fresh] });
});

test('finishing what was not begun is refused and changes nothing', async () => {
  const before = await pinned();
  expect(await run('keys', 'rotate', '--finish')).toMatchObject({
    code: 1,
    said: expect.stringContaining('no-rotation'),
  });
  expect(await pinned()).toEqual(before);
});

test('each step stands in the audit', async () => {
  await run('epoch', 'raise');
  await run('keys', 'rotate');
  await run('keys', 'rotate', '--finish');
  const lines = await school.endpoint.store
    .selectFrom('audit')
    .select(['by', 'act', 'facts'])
    .where('by', '=', 'command line')
    .execute();
  expect(lines).toEqual([
    { by: 'command line', act: 'raised-epoch', facts: '{"epoch":2}' },
    { by: 'command line', act: 'began-key-rotation', facts: null },
    { by: 'command line', act: 'finished-key-rotation', facts: null },
  ]);
});
