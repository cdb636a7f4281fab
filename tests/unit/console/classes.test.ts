import { expect, test } from 'vitest';
import { createApi } from '../../../admin/console/src/api.ts';
import { changesNothing, classesApi, encodeFile, issuesIn } from '../../../admin/console/src/classes.ts';
import { mayOpen, pages, railOf, startOf } from '../../../admin/console/src/pages.tsx';
import { Role } from '../../../admin/console-wire.ts';

const none = {
  applied: false,
  joiners: [],
  leavers: [],
  movers: [],
  newGroups: [],
  endedGroups: [],
  same: 4,
};

test('an import that moves nobody changes nothing; one leaver or one class that ends is a change', () => {
  expect(changesNothing(none)).toBe(true);
  expect(changesNothing({ ...none, leavers: [{ account: 'a@b', name: 'A' }] })).toBe(false);
  expect(changesNothing({ ...none, endedGroups: [{ id: '2b', name: '2B' }] })).toBe(false);
});

test('a file travels as it is, byte for byte, also a large one', async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 256);
  const sent = await encodeFile({ name: 'classes.csv', arrayBuffer: async () => bytes.buffer });
  expect(sent.name).toBe('classes.csv');
  expect(Buffer.compare(Buffer.from(sent.base64, 'base64'), bytes)).toBe(0);
});

test('a refused import brings each wrong place to the page; another refusal has none', async () => {
  const answering = (status: number, body: unknown) =>
    classesApi(createApi(async () => Response.json(body, { status })));
  const list = { format: 'csv' as const, files: [], columns: {}, apply: false };
  const issue = { file: 'a.csv', line: 3, column: 'Email', problem: 'is empty' };
  const refused = await answering(422, {
    code: 'not-a-class-list',
    message: 'The file is refused; nothing was changed.',
    issues: [issue],
  }).import(list);
  expect(refused).toMatchObject({ ok: false, code: 'not-a-class-list' });
  expect(issuesIn(refused.ok ? null : refused.refused)).toEqual([issue]);
  const other = await answering(403, { code: 'not-your-role', message: 'No.' }).import(list);
  expect(other).toEqual({ ok: false, code: 'not-your-role', message: 'No.' });
  expect(issuesIn(undefined)).toEqual([]);
});

test('every role has a first page, at most six words on its rail, and no door that is locked', () => {
  for (const role of Role.options) {
    const { shown, more } = railOf({ role });
    expect(shown.length + (more.length > 0 ? 1 : 0), role).toBeLessThanOrEqual(6);
    expect(
      [...shown, ...more].every((line) => mayOpen({ role }, line)),
      role,
    ).toBe(true);
    expect(pages.map(({ path }) => path)).toContain(startOf({ role }));
  }
  expect(railOf({ role: 'teacher' }).shown.map(({ path }) => path)).toEqual([
    'lessons',
    'requests',
    'unblocks',
    'approvals',
    'homework',
    'test',
  ]);
  expect(railOf({ role: 'principal' }).shown.map(({ path }) => path)).toEqual([
    'lessons',
    'requests',
    'inbox',
    'groups',
    'unblocks',
  ]);
});
