import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { Settings } from '../../../rules/settings.ts';
import type { Health } from '../../../rules/wire.ts';
import { createClock } from '../../../utils/clock.ts';
import { createStore } from '../../../utils/store.ts';
import { createSync } from '../../../utils/sync.ts';
import { createTroubles } from '../../../utils/troubles.ts';

const settings = Settings.parse({
  endpoint: 'https://keystage.school.example',
  school: 'here',
  publicKeys: ['x'.repeat(43)],
  enrolmentToken: 'a token of sixteen',
  stage: 'KS2',
});

test('every second beat asks, however unevenly Chrome rings: orders come within 90 s without a socket', async () => {
  const own = { now: Date.parse('2026-11-20T12:00:00Z') };
  const clock = createClock(() => own.now);
  const store = createStore('sync-beats');
  const troubles = createTroubles(store, clock);
  const asked: number[] = [];
  const sync = createSync({
    store,
    clock,
    troubles,
    seats: { keptOrNew: async () => ({ ok: true, seat: 'seat', key: 'k' }), forget: async () => {} },
    settings: async () => settings,
    endpointOf: () => ({
      call: async (path) => {
        if (path === '/v1/orders') asked.push(own.now);
        return { ok: true, status: 200, headers: new Headers(), bytes: new Uint8Array() };
      },
    }),
    keep: async () => 'same',
    health: async () => ({}) as Health,
    arrived: async () => {},
  });
  for (let beat = 0; beat < 40; beat += 1) {
    await sync.run();
    // Half a minute, and what Chrome and an answer take.
    own.now += 30_000 + (beat % 5) * 1_000 - 2_000;
  }
  const waits = asked.slice(1).map((at, nth) => at - (asked[nth] ?? 0));
  expect(waits.length).toBeGreaterThan(10);
  expect(Math.max(...waits)).toBeLessThan(70_000);
});
