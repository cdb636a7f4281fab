import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { createLessonsModel, isOld, notDoneWords } from '../../../admin/console/src/lessons.ts';
import { Counts } from '../../../admin/console/src/pieces/lesson-card.tsx';
import { ChangeLesson, type LiveLesson } from '../../../admin/lessons/wire.ts';

const now = Date.parse('2026-11-20T10:00:00Z');
const around = {
  classes: [],
  timeZone: 'Europe/London',
  now: '2026-11-20T10:00:00Z',
  lists: [],
  bundles: [],
  mayPaste: true,
};

test('what is shown is old once the endpoint cannot be reached, and new again with its next answer', async () => {
  let there = true;
  const asked = async () => (there ? { ok: true, value: around } : { ok: false, code: 'offline' });
  const lessons = createLessonsModel({ asked: asked as never }, () => now);
  await lessons.refresh();
  expect(isOld(lessons, now)).toBe(false);
  there = false;
  await lessons.refresh();
  expect(isOld(lessons, now)).toBe(true);
  expect(lessons.readAt.value).toBe(now);
  there = true;
  await lessons.refresh();
  expect(isOld(lessons, now)).toBe(false);
  // Asked, and neither answer nor failure.
  expect(isOld(lessons, now + 41_000)).toBe(true);
});

test('old numbers are not green, and say of when they are', () => {
  const lesson = { joined: 1, behind: 0, away: 0 } as LiveLesson;
  const drawn = (asOf: string | null) => renderToString(<Counts lesson={lesson} asOf={asOf} />);
  expect(drawn(null)).toContain('count-joined');
  expect(drawn('10:00')).not.toContain('count-joined');
  expect(drawn('10:00')).toMatch(/role="status".*10:00/);
});

test('what did not reach the class is said of the class, for each act, and a refusal stays a refusal', () => {
  for (const { shape } of ChangeLesson.options) {
    const act = shape.change.value;
    for (const code of ['offline', 'broken']) {
      const words = notDoneWords({ change: act, on: true } as ChangeLesson, code);
      expect(words, act).toMatch(/did not reach .*: .*\. .*Keystage/);
      expect(words, act).not.toMatch(/_|nothing is lost/i);
    }
  }
  const said = (on: boolean) => notDoneWords({ change: 'eyes-up', on }, 'offline');
  expect(said(true)).toContain('Eyes up did not reach the class: the screens are as they were.');
  expect(said(false)).toContain('the screens are still covered');
  expect(notDoneWords({ change: 'stop' }, 'some-newer-code', 'It is too late.')).toBe('It is too late.');
});
