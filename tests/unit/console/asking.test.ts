import { expect, test } from 'vitest';
import { createAskingModel } from '../../../admin/console/src/asking.ts';
import { dayAhead, endsUpTo, waitWords, wholeDays } from '../../../admin/console/src/ends.ts';
import { say } from '../../../admin/console/src/words.ts';
import type { RequestLine } from '../../../admin/requests/wire.ts';

const line = (id: string, mine: boolean): RequestLine => ({
  id,
  receivedAt: '2026-11-20T10:00:00.000Z',
  host: `${id}.example`,
  stage: 'KS3',
  group: null,
  lesson: null,
  category: null,
  for: 'class',
  mine,
});
const no = { answer: 'no' as const, reason: 'Not today.' };

/** An endpoint with these requests; answers wait until they are let go. */
function endpointWith(lines: RequestLine[], refuses?: { code: string }) {
  let open = lines;
  let letGo = () => {};
  const api = {
    asked: async () => ({
      ok: true,
      value: { requests: open, stillClosed: [], now: '2026-11-20T10:04:00.000Z' },
    }),
    ask: async () => {
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
      if (refuses) return { ok: false, ...refuses };
      open = [];
      return { ok: true, value: {} };
    },
  };
  const asking = createAskingModel(api as never, () => Date.parse('2026-11-20T10:00:00.000Z'));
  return { asking, letGo: () => letGo() };
}
const shown = (asking: { requests: { value: RequestLine[] | null } }) =>
  asking.requests.value?.map(({ id }) => id);

test('what is mine stands first, and is what the rail counts; the clock is the endpoint’s', async () => {
  const { asking } = endpointWith([line('a', false), line('b', true), line('c', false), line('d', true)]);
  await asking.refresh();
  expect(shown(asking)).toEqual(['b', 'd', 'a', 'c']);
  expect(asking.waiting.value).toBe(2);
  expect(asking.now()).toBe(Date.parse('2026-11-20T10:04:00.000Z'));
});

test('an answer takes its line away at once, also from what is read while it is on its way', async () => {
  const { asking, letGo } = endpointWith([line('a', true), line('b', true)]);
  await asking.refresh();
  const answered = asking.answer('a', no);
  expect(shown(asking)).toEqual(['b']);
  expect(asking.waiting.value).toBe(1);
  await asking.refresh();
  expect(shown(asking)).toEqual(['b']);
  letGo();
  expect((await answered).ok).toBe(true);
});

test('a line whose answer was refused comes back; one that somebody else has answered does not', async () => {
  for (const [code, left] of [
    ['too-long', ['a']],
    ['answered', []],
  ] as const) {
    const { asking, letGo } = endpointWith([line('a', true)], { code });
    await asking.refresh();
    const answered = asking.answer('a', no);
    letGo();
    expect(await answered).toMatchObject({ ok: false, code });
    expect(shown(asking), code).toEqual(left);
  }
});

test('the ends that a yes is offered with never pass the latest, which is the last of them', () => {
  const now = Date.parse('2026-11-20T10:00:00.000Z');
  const at = (time: string) => `2026-11-20T${time}:00.000Z`;
  expect(endsUpTo(now, at('12:00'))).toEqual([at('10:15'), at('10:30'), at('11:00'), at('12:00')]);
  expect(endsUpTo(now, at('10:30'))).toEqual([at('10:15'), at('10:30')]);
  expect(endsUpTo(now, '2026-11-20T10:30:40.000Z')).toEqual([at('10:15'), '2026-11-20T10:30:40.000Z']);
  expect(endsUpTo(now, at('10:05'))).toEqual([at('10:05')]);
});

test('a wait is said in minutes, hours or days, and never below nothing', () => {
  const minutes = (count: number) => waitWords(say, count * 60_000);
  expect([-3, 0.5, 4, 65, 60 * 24, 60 * 24 * 3].map(minutes)).toEqual([
    'just now',
    'just now',
    '4 min',
    '1 hr 5 min',
    '1 day',
    '3 days',
  ]);
});

test('a period of days holds its last day too, and a day ahead is a day of the calendar', () => {
  const { startsAt, endsAt } = wholeDays('2026-10-24', '2026-10-26');
  expect(new Date(startsAt).getHours()).toBe(0);
  expect(new Date(endsAt).getDate()).toBe(26);
  expect(dayAhead(new Date(2026, 11, 31, 23, 59), 1)).toBe('2027-01-01');
});
