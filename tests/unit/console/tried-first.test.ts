import { expect, test } from 'vitest';
import { triedFirst } from '../../../admin/console/src/tried-first.ts';

const group = (id: string, mine = false) => ({ id, name: id.toUpperCase(), stage: 'KS3' as const, mine });

test('a test begins with the class that one came from, else with one’s own, else with none', () => {
  const groups = [group('8a', true), group('8b')];
  expect(triedFirst(groups, '8b')?.id).toBe('8b');
  expect(triedFirst(groups, null)?.id).toBe('8a');
  expect(triedFirst([group('8a'), group('8b')], null)).toBeNull();
  expect(triedFirst(groups, 'gone')?.id).toBe('8a');
});
