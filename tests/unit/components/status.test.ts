import { expect, test } from 'vitest';
import { type Status, summaryOf } from '../../../components/status/status.ts';

const held = (version: string) => ({ version, at: 1 });
const same = { downloaded: held('1.a'), inForce: held('1.a') };
const waiting = { downloaded: held('1.b'), inForce: held('1.a') };
const well: Status = {
  now: 2,
  extensionVersion: '1',
  settings: { state: 'known' },
  schoolName: 'School',
  stage: 'KS3',
  group: null,
  endpoint: 'https://keystage.school.example',
  heardAt: 1,
  enrolled: true,
  documents: { policy: same, catalogue: same, orders: same },
  rules: { session: 1, dynamic: 1 },
  listsInForce: true,
  outbox: { waiting: 0, setAside: 0 },
  troubles: [],
  recorded: null,
};
const summary = (changes: Partial<Status>) => summaryOf({ ...well, ...changes }).key;
const documents = (changes: Partial<Status['documents']>) => ({
  documents: { ...well.documents, ...changes },
});

test('"up to date" is said only when every row is', () => {
  expect(summaryOf(well)).toEqual({ key: 'status_sum_well', healthy: true });
  expect(summary(documents({ catalogue: waiting }))).toBe('status_sum_lists_waiting');
  expect(summary({ listsInForce: false })).toBe('status_sum_lists_waiting');
  expect(summary(documents({ orders: waiting }))).toBe('status_sum_orders_waiting');
  const trouble = { at: '2026-11-21T10:00:00Z', where: 'sync', code: 'unreachable', detail: '' };
  expect(summary({ troubles: [trouble] })).toBe('status_sum_troubles');
});

test('the worst is said first, and lists that a stage does not need are not waited for', () => {
  expect(summary(documents({ policy: waiting, catalogue: waiting }))).toBe('status_sum_not_in_force');
  expect(
    summary({ ...documents({ catalogue: { downloaded: held('1.b'), inForce: null } }), listsInForce: null }),
  ).toBe('status_sum_well');
});
