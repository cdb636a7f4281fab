import 'fake-indexeddb/auto';
import { webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../../admin/sign.ts';
import { Catalogue } from '../../../rules/catalogue.ts';
import { deltaBetween, printDelta } from '../../../rules/lists/delta.ts';
import { hashOf, printHashed } from '../../../rules/lists/hashed.ts';
import { packNames } from '../../../rules/lists/packed.ts';
import { cutParts, textOf } from '../../../rules/lists/parts.ts';
import { Policy } from '../../../rules/policy.ts';
import type { KnownStage } from '../../../rules/stages.ts';
import type { Call, Endpoint } from '../../../utils/endpoint.ts';
import { createFetchLists } from '../../../utils/fetch-lists.ts';
import type { Held } from '../../../utils/held.ts';
import { createIllegal } from '../../../utils/illegal.ts';
import { createStore, type Store } from '../../../utils/store.ts';

const seat = { seat: 'seat', key: 'key' };
let store: Store;
let troubles: string[];
let asked: string[];
/** What the endpoint gives, by path; anything else is not there. */
let given: Map<string, string>;
/** After so many answers the line is cut. */
let cutAfter: number;
let stores = 0;

beforeEach(() => {
  store = createStore(`lists-${++stores}`);
  troubles = [];
  asked = [];
  given = new Map();
  cutAfter = Number.POSITIVE_INFINITY;
});

const endpoint: Endpoint = {
  async call(path: string, _?: Call) {
    asked.push(path);
    if (asked.length > cutAfter) return { ok: false, code: 'half-an-answer' };
    const body = given.get(path);
    if (body === undefined) return { ok: false, code: 'refused', status: 404, refusal: 'no-list' };
    return {
      ok: true,
      status: 200,
      headers: new Headers(),
      bytes: new Uint8Array(new TextEncoder().encode(body)),
    };
  },
};

const policy = Policy.parse({
  schema: 1,
  mustUnderstand: [],
  epoch: 1,
  issuedAt: '2026-09-07T10:00:00.000Z',
  ...JSON.parse(await readFile(new URL('../../../admin/examples/all-through.json', import.meta.url), 'utf8')),
});
const catalogueOf = (lists: Catalogue['lists'], hashed?: Catalogue['hashed']): Catalogue =>
  Catalogue.parse({
    schema: 1,
    mustUnderstand: [],
    kind: 'catalogue',
    school: policy.school,
    epoch: 1,
    issuedAt: '2026-09-07T10:00:00.000Z',
    lists,
    ...(hashed ? { hashed } : {}),
  });
const heldOf = (catalogue: Catalogue): Held => ({ policy, orders: null, catalogue });
const fetchLists = (catalogue: Catalogue, stage: KnownStage = 'KS3') =>
  createFetchLists({
    store,
    troubles: { note: async (_, code) => void troubles.push(code) },
    failed: async (_, why) => void troubles.push(why.code),
  })(heldOf(catalogue), stage, endpoint, seat);

/** A list as the endpoint offers it: its parts, and itself in the catalogue. */
function offered(names: string[]): Catalogue['lists'][number] {
  const parts = cutParts(names).map((part) => {
    const hash = sha256(textOf(part));
    given.set(`/v1/lists/parts/${hash}`, packNames(part));
    return hash;
  });
  return { category: 'games', sha256: sha256(textOf(names)), hosts: names.length, bytes: 1, parts };
}
const many = Array.from({ length: 40_000 }, (_, index) => `name-${String(index).padStart(6, '0')}.example`);
const inForce = async (list: Catalogue['lists'][number]) =>
  store.set('inForce', {
    lists: { digest: '', of: [{ category: 'games', sha256: list.sha256 }], catalogue: null, at: 0 },
  } as never);

test('a list comes in parts, and nothing but the whole of it stays', async () => {
  const list = offered(many);
  expect(list.parts?.length).toBeGreaterThan(1);
  expect(await fetchLists(catalogueOf([list]))).toBe('new');
  expect(await store.list(list.sha256)).toBe(textOf(many));
  expect(await store.listKeys()).toEqual([list.sha256]);
  expect(await fetchLists(catalogueOf([list]))).toBe('same');
});

test('parts that this version cannot read cost the whole list, not the list', async () => {
  const list = offered(many);
  for (const part of list.parts ?? []) given.set(`/v1/lists/parts/${part}`, 'packed as of next year');
  given.set(`/v1/lists/${list.sha256}`, textOf(many));
  expect(await fetchLists(catalogueOf([list]))).toBe('new');
  expect(await store.list(list.sha256)).toBe(textOf(many));
});

test('after a cut only the parts that are missing are fetched', async () => {
  const list = offered(many);
  cutAfter = 1;
  expect(await fetchLists(catalogueOf([list]))).toBe('failed');
  expect(await store.listKeys()).toEqual([list.parts?.[0]]);
  asked = [];
  cutAfter = Number.POSITIVE_INFINITY;
  expect(await fetchLists(catalogueOf([list]))).toBe('new');
  expect(asked).toEqual(list.parts?.slice(1).map((part) => `/v1/lists/parts/${part}`));
  expect(await store.list(list.sha256)).toBe(textOf(many));
});

test('a new version comes as the difference from the one in force', async () => {
  const before = offered(many);
  await fetchLists(catalogueOf([before]));
  await inForce(before);
  const names = ['added.example', ...many.slice(1)];
  const after = offered(names);
  const delta = printDelta(deltaBetween(many, names));
  given.set(`/v1/lists/${after.sha256}/from/${before.sha256}`, delta);
  asked = [];
  expect(await fetchLists(catalogueOf([after]))).toBe('new');
  expect(asked).toHaveLength(1);
  expect(delta.length).toBeLessThan(60);
  expect(await store.list(after.sha256)).toBe(textOf(names));
  // What Chrome enforces stays until the new one is in force.
  expect((await store.listKeys()).sort()).toEqual([before.sha256, after.sha256].sort());
});

test.each([['+wrong.example\n'], ['no delta']])(
  'a difference that leads elsewhere (%j) is not used',
  async (delta) => {
    const before = offered(many);
    await fetchLists(catalogueOf([before]));
    await inForce(before);
    const names = [...many, 'zadded.example'];
    const after = offered(names);
    given.set(`/v1/lists/${after.sha256}/from/${before.sha256}`, delta);
    expect(await fetchLists(catalogueOf([after]))).toBe('new');
    expect(await store.list(after.sha256)).toBe(textOf(names));
  },
);

test('a part that is not what its name says is not kept, and is told', async () => {
  const list = offered(['a.example', 'b.example']);
  given.set(`/v1/lists/parts/${list.parts?.[0]}`, packNames(['a.example']));
  expect(await fetchLists(catalogueOf([list]))).toBe('failed');
  // The whole list is asked for instead; here nobody has it.
  expect(troubles).toEqual(['wrong-hash', 'refused']);
  expect(await store.listKeys()).toEqual([]);
});

test('an older endpoint gives the list whole', async () => {
  const { parts: _, ...list } = offered(['a.example']);
  given.set(`/v1/lists/${list.sha256}`, 'a.example\n');
  expect(await fetchLists(catalogueOf([list]))).toBe('new');
});

const digest = (bytes: Uint8Array<ArrayBuffer>) => webcrypto.subtle.digest('SHA-256', bytes);

test('a hashed list comes for every stage, and no policy is asked', async () => {
  const salt = '0'.repeat(32);
  const text = printHashed(salt, [await hashOf('listed.example', salt, digest)]);
  given.set(`/v1/lists/${sha256(text)}`, text);
  const catalogue = catalogueOf(
    [offered(['a.example'])],
    [{ category: 'illegal', sha256: sha256(text), entries: 1, bytes: 1 }],
  );
  // No other list is fetched for a stage that can never be filtered.
  expect(await fetchLists(catalogue, 'EYFS')).toBe('new');
  expect(await store.listKeys()).toEqual([sha256(text)]);

  const closes = createIllegal(store);
  expect(await closes('https://www.listed.example/page', catalogue.hashed ?? [])).toBe(true);
  expect(await closes('https://other.example/', catalogue.hashed ?? [])).toBe(false);
  expect(await closes('https://www.listed.example/page', [])).toBe(false);
});
