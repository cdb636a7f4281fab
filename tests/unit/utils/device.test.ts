import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { Chrome } from '../../../utils/chrome.ts';
import { createDevice } from '../../../utils/device.ts';

const now = Date.parse('2026-11-20T12:00:00Z');

const browser = {
  runtime: { id: 'a'.repeat(32), getManifest: () => ({ version: '1.2.3' }) },
  storage: { session: {}, managed: {} },
} as unknown as Chrome;

test('promise 4: what a device refused, and what it could not send, is in what it tells of its health', async () => {
  const device = createDevice(browser, () => now);
  await device.troubles.note('policy', 'bad-signature', 'from a stranger');
  const event = { type: 'return', report: 'r', at: '2026-11-20T12:00:00.000Z' } as const;
  await device.outbox.add({ kind: 'reports', event: { ...event, id: 'one' } });
  await device.outbox.add({ kind: 'reports', event: { ...event, id: 'two' } });
  await device.store.setAside('two', 'malformed');
  expect(await device.health()).toEqual({
    at: '2026-11-20T12:00:00.000Z',
    extensionVersion: '1.2.3',
    stage: 'unknown',
    downloaded: { policy: null, catalogue: null, orders: null },
    inForce: { policy: null, catalogue: null, orders: null },
    waiting: 1,
    setAside: 1,
    troubles: [
      { at: '2026-11-20T12:00:00.000Z', where: 'policy', code: 'bad-signature', detail: 'from a stranger' },
    ],
  });
});
