import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { admit, readStored } from '../../../utils/verify.ts';

let key: CryptoKey;
let x: string;
let stranger: CryptoKey;

beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  key = pair.privateKey;
  x = (await exportJWK(pair.publicKey)).x ?? '';
  stranger = (await generateKeyPair('EdDSA', { crv: 'Ed25519' })).privateKey;
});

const orders = (changes: Record<string, unknown> = {}) => ({
  schema: 1,
  mustUnderstand: [],
  school: 'here',
  epoch: 1,
  issuedAt: '2026-11-21T10:00:00.000Z',
  kind: 'orders',
  expiresAt: '2026-11-22T10:00:00.000Z',
  lessons: [],
  grants: [],
  closings: [],
  suspensions: [],
  ...changes,
});
const sign = (payload: unknown, by = key, kid = x, alg = 'EdDSA') =>
  new CompactSign(new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)))
    .setProtectedHeader({ alg, kid })
    .sign(by);
const take = (jws: string, held: Parameters<typeof admit>[3] = null) =>
  admit('orders', jws, { school: 'here', publicKeys: [x] }, held);
const older = {
  schema: 1,
  mustUnderstand: [],
  school: 'here',
  epoch: 1,
  issuedAt: '2026-11-21T12:00:00.000Z',
};

describe('only the school speaks', () => {
  test('what the school signed is admitted', async () => {
    expect(await take(await sign(orders()))).toMatchObject({ ok: true, document: { kind: 'orders' } });
  });

  test.each<[string, () => Promise<string>, object]>([
    ['empty', async () => '', { code: 'not-a-jws' }],
    ['not a JWS', async () => '<html>hello</html>', { code: 'not-a-jws' }],
    ['signed by a stranger with our key id', () => sign(orders(), stranger), { code: 'bad-signature' }],
    [
      'signed by a key that is not pinned',
      () => sign(orders(), stranger, 'y'.repeat(43)),
      { code: 'unknown-key' },
    ],
    ['not JSON', () => sign('no json'), { code: 'not-json' }],
    ['another kind', () => sign(orders({ kind: 'policy' })), { code: 'not-a-document' }],
    ['no envelope', () => sign({ kind: 'orders' }), { code: 'not-a-document' }],
    ['another school', () => sign(orders({ school: 'there' })), { code: 'other-school', school: 'there' }],
    [
      'a field that must be understood and is not known',
      () => sign(orders({ mustUnderstand: ['lessons', 'curfew'], curfew: true })),
      { code: 'needs-newer-extension', fields: ['curfew'] },
    ],
  ])('%s is refused', async (_, jws, refusal) => {
    expect(await take(await jws())).toMatchObject({ ok: false, ...refusal });
  });

  test('a signature over other bytes is refused', async () => {
    const [header, , signature] = (await sign(orders())).split('.');
    const [, payload] = (await sign(orders({ school: 'here', grants: [], epoch: 9 }))).split('.');
    expect(await take([header, payload, signature].join('.'))).toMatchObject({
      ok: false,
      code: 'bad-signature',
    });
  });

  test('a field that nobody must understand is no reason to refuse', async () => {
    expect(await take(await sign(orders({ curfew: true })))).toMatchObject({ ok: true });
  });

  test('an older version is refused, the same one and a raised epoch are not', async () => {
    expect(await take(await sign(orders()), older)).toMatchObject({ ok: false, code: 'older-version' });
    expect(await take(await sign(orders({ issuedAt: older.issuedAt })), older)).toMatchObject({ ok: true });
    expect(await take(await sign(orders({ epoch: 2 })), older)).toMatchObject({ ok: true });
  });
});

test('a stored document is read back; what is not one any more is null', async () => {
  const jws = await sign(orders({ lessons: [] }));
  expect(readStored('orders', jws)).toMatchObject({ school: 'here' });
  expect(readStored('policy', jws)).toBeNull();
  expect(readStored('orders', 'a.b.c')).toBeNull();
});

describe('orders are for one seat', () => {
  const mine = '5f0f0b5e-6a4f-4c0a-9d54-0d1f6c1f2a01';
  const another = '5f0f0b5e-6a4f-4c0a-9d54-0d1f6c1f2a02';
  const takeAs = async (seat: string | undefined, changes: Record<string, unknown>) =>
    admit(
      'orders',
      await sign(orders(changes)),
      { school: 'here', publicKeys: [x], ...(seat ? { seat } : {}) },
      null,
    );

  test("its own and everybody's are admitted, another seat's are refused", async () => {
    expect(await takeAs(mine, { seat: mine })).toMatchObject({ ok: true });
    expect(await takeAs(mine, {})).toMatchObject({ ok: true });
    expect(await takeAs(mine, { seat: another })).toEqual({ ok: false, code: 'other-seat', seat: another });
  });

  test('a seat that does not know which it is takes none for a seat', async () => {
    expect(await takeAs(undefined, { seat: another })).toMatchObject({ ok: false, code: 'other-seat' });
  });
});
