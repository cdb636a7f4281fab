import { expect, test } from 'vitest';
import type { ApprovalLine } from '../../../admin/approvals/wire.ts';
import { saysFor, sortApprovals } from '../../../admin/console/src/approvals.ts';
import { createDecidingModel } from '../../../admin/console/src/deciding.ts';
import { momentWords } from '../../../admin/console/src/ends.ts';
import { sitesIn, sortUnblocks } from '../../../admin/console/src/openings.ts';
import { say } from '../../../admin/console/src/words.ts';
import type { UnblockLine } from '../../../admin/unblocks/wire.ts';

const now = Date.parse('2026-11-20T10:00:00.000Z');
const at = (days: number) => new Date(now + days * 86_400_000).toISOString();
const unblock = (
  id: string,
  state: UnblockLine['state'],
  from: number,
  to: number,
  more: Partial<UnblockLine> = {},
): UnblockLine => ({
  id,
  group: { id: '8a', name: '8A' },
  entries: [{ entry: 'swords.example' }],
  reason: 'The Battle of Hastings.',
  startsAt: at(from),
  endsAt: at(to),
  askedBy: 'Grace Adeyemi',
  askedAt: at(-1),
  mine: false,
  state,
  decidedBy: null,
  decidedWhy: null,
  networkClosed: null,
  ...more,
});

test('unblocks are open, waiting, yet to begin or over by the clock, whatever anybody wrote down', () => {
  const sorted = sortUnblocks(
    [
      unblock('open-late', 'agreed', -1, 9),
      unblock('open-soon', 'agreed', -2, 1),
      unblock('later', 'agreed', 2, 9),
      unblock('new', 'asked', 0, 9, { askedAt: at(-0.1) }),
      unblock('old', 'asked', 1, 9, { askedAt: at(-3) }),
      unblock('never-decided', 'asked', -9, -1),
      unblock('no', 'refused', -1, 9),
      unblock('run-out', 'agreed', -9, 0),
    ],
    now,
  );
  expect(Object.entries(sorted).map(([part, lines]) => [part, lines.map(({ id }) => id)])).toEqual([
    ['open', ['open-soon', 'open-late']],
    ['waiting', ['old', 'new']],
    ['later', ['later']],
    ['over', ['no', 'run-out', 'never-decided']],
  ]);
});

test('sites are read as they are pasted: one a line, without https, none twice', () => {
  expect(sitesIn(' https://swords.example/history \n\nswords.example/history\r\nHTTP://b.example')).toEqual([
    'swords.example/history',
    'b.example',
  ]);
});

const typed = { watchedAll: false, lesson: '', learningPurpose: '', risk: '', leastAge: '13' };

test('what an approval asks for follows its kind, and what is missing has its sentence', () => {
  expect(saysFor('site', typed)).toEqual({ ok: true, says: { kind: 'site' } });
  expect(saysFor('video', typed)).toEqual({
    ok: false,
    missing: { watchedAll: 'approvalsWatchedMissing', lesson: 'approvalsLessonMissing' },
  });
  expect(saysFor('video', { ...typed, watchedAll: true, lesson: '8A, volcanoes' })).toMatchObject({
    says: { kind: 'video', watchedAll: true, lesson: '8A, volcanoes' },
  });
  expect(saysFor('game', { ...typed, learningPurpose: 'fun' })).toMatchObject({ ok: false });
  const risk = 'Posts are seen by the teacher first.';
  expect(saysFor('social', { ...typed, risk })).toMatchObject({
    says: { kind: 'social', risk, leastAge: 13 },
  });
  for (const leastAge of ['', '-1', '22', 'thirteen', '1e1'])
    expect(saysFor('technology', { ...typed, risk, leastAge }), leastAge).toEqual({
      ok: false,
      missing: { leastAge: 'approvalsAgeMissing' },
    });
  for (const result of [saysFor('video', typed), saysFor('game', typed), saysFor('social', typed)])
    for (const key of result.ok ? [] : Object.values(result.missing)) expect(say(key)).not.toBe(key);
});

const approval = (id: string, state: ApprovalLine['state'], title: string, mine = false): ApprovalLine => ({
  id,
  line: { entry: `${id}.example`, title },
  stages: ['KS3'],
  groups: [],
  says: { kind: 'site' },
  state,
  by: 'Grace Adeyemi',
  mine,
  at: at(-1),
  consentBy: null,
  consentWhy: null,
});

test('approvals are found by title or address, and stand by what they are', () => {
  const all = [
    approval('new', 'waits-for-consent', 'Padlet'),
    approval('old', 'waits-for-consent', 'Wall'),
    approval('maps', 'in-force', 'Maps'),
    approval('bites', 'in-force', 'Bitesize'),
    approval('gone', 'ended', 'Gone'),
  ];
  const ids = (wanted: string) =>
    Object.values(sortApprovals(all, wanted)).map((lines) => lines.map(({ id }) => id));
  expect(ids('')).toEqual([['old', 'new'], ['bites', 'maps'], ['gone']]);
  expect(ids(' BITES')).toEqual([[], ['bites'], []]);
  expect(ids('maps.example')).toEqual([[], ['maps'], []]);
});

test('the rail counts what waits for this person’s decision, and asks for nothing else', async () => {
  const asked: string[] = [];
  const api = {
    ask: async () => ({ ok: true, value: {} }),
    asked: async (_schema: unknown, _method: string, path: string) => {
      asked.push(path);
      return path.endsWith('unblocks')
        ? {
            ok: true,
            value: {
              now: at(0),
              unblocks: [
                unblock('theirs', 'asked', 0, 9),
                unblock('own', 'asked', 0, 9, { mine: true }),
                unblock('agreed', 'agreed', 0, 9),
              ],
            },
          }
        : {
            ok: true,
            value: {
              approvals: [
                approval('theirs', 'waits-for-consent', 'A'),
                approval('also', 'waits-for-consent', 'B'),
                approval('own', 'waits-for-consent', 'C', true),
                approval('in-force', 'in-force', 'D'),
              ],
            },
          };
    },
  };
  const deciding = createDecidingModel(api as never, () => now);
  await deciding.refresh('teacher');
  expect(asked).toEqual([]);
  await deciding.refresh('network-manager');
  expect([deciding.unblocks.value, deciding.consents.value]).toEqual([1, 0]);
  await deciding.refresh('slt');
  expect([deciding.unblocks.value, deciding.consents.value]).toEqual([1, 2]);
  expect(asked).toEqual(['/console/api/unblocks', '/console/api/approvals']);
});

test('a moment is said with its time only where that says something', () => {
  const today = new Date(2026, 10, 20, 10, 0);
  const moment = (...parts: [number, number, number, number, number]) =>
    momentWords(new Date(...parts).toISOString(), today);
  expect(moment(2026, 10, 20, 15, 30)).toBe('15:30');
  expect(moment(2026, 10, 30, 23, 59)).toBe('Mon 30 Nov');
  expect(moment(2026, 10, 30, 0, 0)).toBe('Mon 30 Nov');
  expect(moment(2026, 10, 30, 9, 5)).toBe('Mon 30 Nov, 09:05');
  expect(moment(2027, 0, 4, 23, 59)).toBe('Mon, 4 Jan 2027');
});
