import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { createStore, type OutboxItem } from '../../../utils/store.ts';

let count = 0;
const newStore = () => createStore(`store-test-${count++}`);
const reportId = '11111111-1111-4111-8111-111111111111';

const report: OutboxItem = {
  id: reportId,
  kind: 'reports',
  event: {
    type: 'report',
    id: reportId,
    at: '2026-11-21T09:00:00.000Z',
    address: 'https://secret.example/page',
    title: 'A secret title',
    what: 'page',
    stage: 'KS2',
    account: 'shared',
    versions: { policy: null, catalogue: null, orders: null },
    verdict: { open: true, tier: 'allow' },
  },
  addedAt: 1,
  state: 'waiting',
};
const mark = { id: reportId, tabId: 7, at: 1, state: 'waiting' } as const;

afterEach(() => vi.restoreAllMocks());

/** Every writing transaction from now on: which stores, and how surely it is on disk when it is done. */
function watchTransactions() {
  const begun: { stores: string[]; durability: string | undefined }[] = [];
  const original = IDBDatabase.prototype.transaction;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    stores,
    mode,
    options,
  ) {
    if (mode === 'readwrite')
      begun.push({ stores: [stores].flat() as string[], durability: options?.durability });
    return original.call(this, stores, mode, options);
  });
  return begun;
}

test('every transaction that puts a report on disk, takes it off or sets it aside is strict', async () => {
  const store = newStore();
  const begun = watchTransactions();
  await store.addToOutbox(report, mark);
  await store.setAside(reportId, 'malformed');
  await store.eraseReceived(reportId);
  expect(begun).toEqual([
    { stores: ['outbox', 'reports'], durability: 'strict' },
    { stores: ['outbox', 'reports'], durability: 'strict' },
    { stores: ['outbox', 'reports'], durability: 'strict' },
  ]);
});

test('a report counts as kept only when its transaction has ended', async () => {
  const store = newStore();
  await store.outbox();
  const original = IDBDatabase.prototype.transaction;
  const order: string[] = [];
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...how) {
    const transaction = original.apply(this, how as Parameters<typeof original>);
    transaction.addEventListener('complete', () => order.push('on disk'));
    return transaction;
  });
  await store.addToOutbox(report, mark).then(() => order.push('thanked'));
  expect(order).toEqual(['on disk', 'thanked']);
});

test('a report and its mark are kept together or not at all', async () => {
  const store = newStore();
  const original = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...what) {
    const putting = original.apply(this, what);
    // As the browser does when the disk takes one and not the other.
    if (this.name === 'reports') this.transaction.abort();
    return putting;
  });
  await expect(store.addToOutbox(report, mark)).rejects.toThrow();
  expect(await store.outbox()).toEqual([]);
  expect(await store.report(reportId)).toBeUndefined();
});

test('what is received leaves nothing but a mark that says so', async () => {
  const store = newStore();
  await store.addToOutbox(report, mark);
  await store.eraseReceived(reportId);
  expect(await store.outbox()).toEqual([]);
  const left = await store.report(reportId);
  expect(left).toEqual({ ...mark, state: 'received' });
  expect(JSON.stringify(left)).not.toContain('secret');
});

test('what is set aside is still there, with the reason, and its mark says so', async () => {
  const store = newStore();
  await store.addToOutbox(report, mark);
  await store.setAside(reportId, 'malformed');
  expect(await store.outbox()).toEqual([{ ...report, state: 'aside', code: 'malformed' }]);
  expect(await store.report(reportId)).toEqual({ ...mark, state: 'aside' });
});

test('only marks of received reports grow old', async () => {
  const store = newStore();
  await store.addToOutbox(report, mark);
  await store.forgetReports(Number.MAX_SAFE_INTEGER);
  expect(await store.report(reportId)).toEqual(mark);
  await store.eraseReceived(reportId);
  await store.forgetReports(mark.at);
  expect(await store.report(reportId)).toBeDefined();
  await store.forgetReports(mark.at + 1);
  expect(await store.report(reportId)).toBeUndefined();
});

test('a disk that could not be opened once is tried again', async () => {
  const store = newStore();
  vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
    throw new DOMException('The disk is full', 'QuotaExceededError');
  });
  await expect(store.addToOutbox(report, mark)).rejects.toThrow('The disk is full');
  await store.addToOutbox(report, mark);
  expect(await store.outbox()).toHaveLength(1);
});
