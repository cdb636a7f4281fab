import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Trouble } from '../../../rules/wire.ts';
import { createClock } from '../../../utils/clock.ts';
import { readHeld } from '../../../utils/held.ts';
import { createKeepDocument } from '../../../utils/keep-document.ts';
import type { State, Store, StoredDocument } from '../../../utils/store.ts';
import { createTroubles } from '../../../utils/troubles.ts';

const seat = crypto.randomUUID();
let key: CryptoKey;
let kid: string;

beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  key = pair.privateKey;
  kid = (await exportJWK(pair.publicKey)).x ?? '';
});

const ordersAt = (minute: number, changes: Record<string, unknown> = {}) => ({
  kind: 'orders',
  schema: 1,
  mustUnderstand: [],
  school: 'wrenfield',
  epoch: 1,
  issuedAt: new Date(Date.UTC(2026, 10, 20, 12, minute)).toISOString(),
  expiresAt: '2026-11-21T12:00:00.000Z',
  lessons: [],
  grants: [],
  closings: [],
  suspensions: [],
  ...changes,
});
const sign = (document: object) =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(document)))
    .setProtectedHeader({ alg: 'EdDSA', kid })
    .sign(key);

let state: Map<string, unknown>;
let documents: Map<string, StoredDocument>;
let store: Store;
beforeEach(() => {
  state = new Map([['seat', { seat }]]);
  documents = new Map();
  store = {
    get: async (name: keyof State) => state.get(name),
    set: async (name: keyof State, value: unknown) => void state.set(name, value),
    documents: async () => [...documents.values()],
    document: async (kind: string) => documents.get(kind),
    keepDocument: async (document: StoredDocument) => void documents.set(document.kind, document),
  } as unknown as Store;
});

const trust = () => ({ school: 'wrenfield', publicKeys: [kid], seat });
const device = () => {
  const clock = createClock(() => Date.UTC(2026, 10, 20, 12));
  return createKeepDocument({ store, clock, troubles: createTroubles(store, clock) });
};
const heldNow = async () => (await readHeld(store, trust())).orders;
const troubles = () => ((state.get('troubles') as Trouble[] | undefined) ?? []).map(({ code }) => code);

test('an answer that was long on its way does not replace the orders that overtook it', async () => {
  const keep = device();
  const [first, fetched, pushed] = await Promise.all([0, 1, 2].map((minute) => sign(ordersAt(minute))));
  await keep('orders', { jws: first ?? '', etag: '"0"' }, trust(), null);
  const askedWith = await heldNow();
  const came = await Promise.all([
    keep('orders', { jws: pushed ?? '', etag: '"2"' }, trust(), null),
    keep('orders', { jws: fetched ?? '', etag: '"1"' }, trust(), askedWith),
  ]);
  expect(came).toEqual(['new', 'same']);
  expect((await heldNow())?.issuedAt).toBe('2026-11-20T12:02:00.000Z');
  expect(troubles()).toEqual([]);
});

test("yesterday's orders, played again, are refused and told", async () => {
  const keep = device();
  await keep('orders', { jws: await sign(ordersAt(5)), etag: null }, trust(), null);
  const askedWith = await heldNow();
  const old = await sign(ordersAt(0));
  expect(await keep('orders', { jws: old, etag: null }, trust(), askedWith)).toBe('refused');
  expect((await heldNow())?.issuedAt).toBe('2026-11-20T12:05:00.000Z');
  expect(troubles()).toEqual(['older-version']);
});

test("another seat's orders are refused; a seat's own say who sits there, also when it must enrol again", async () => {
  const keep = device();
  const another = await sign(ordersAt(9, { seat: crypto.randomUUID(), stage: 'KS4' }));
  expect(await keep('orders', { jws: another, etag: null }, trust(), null)).toBe('refused');
  expect(troubles()).toEqual(['other-seat']);
  const own = await sign(ordersAt(1, { seat, stage: 'KS1', groups: ['2b'] }));
  expect(await keep('orders', { jws: own, etag: null }, trust(), null)).toBe('new');
  expect(await heldNow()).toMatchObject({ stage: 'KS1', groups: ['2b'] });
  state.delete('seat');
  expect(await heldNow()).toMatchObject({ stage: 'KS1' });
  state.set('seat', { seat: crypto.randomUUID() });
  expect(await heldNow()).toBeNull();
});
