import { expect, test } from 'vitest';
import { whatGoes } from '../../../admin/policy-goes.ts';
import { Policy } from '../../../rules/policy.ts';
import { examplePolicy } from './school.ts';

test('what is in force and not in the new file is named; what stays or is new is not', async () => {
  const before = Policy.parse({ ...(await examplePolicy()), timetable: { hours: [], holidays: [] } });
  expect(whatGoes(before, before)).toEqual([]);
  const [list, ...lists] = before.lists;
  const { timetable: _, ...rest } = before;
  expect(whatGoes(before, { ...rest, lists })).toEqual([
    { path: 'lists', problem: `${list?.id} is in force and not in here` },
    { path: 'timetable', problem: expect.stringContaining('is in force and not in here') },
  ]);
  expect(whatGoes({ ...rest, lists }, before)).toEqual([]);
});
