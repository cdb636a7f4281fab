import { expect, test } from 'vitest';
import { closedPageOf } from '../../../admin/console/src/closed-page-of.ts';
import type { TestChoices, Tested } from '../../../admin/console-wire.ts';
import type { ClosedReason, Verdict } from '../../../rules/verdict.ts';

const choices: TestChoices = { timeZone: 'Europe/London', groups: [], contacts: [], help: [], reasons: {} };

/** What the preview offers for a page that is closed so. */
function offered(
  more: Partial<Tested>,
  tier: Verdict['tier'] = 'packaged',
  reason: ClosedReason = { code: 'not-approved' },
) {
  const verdict: Verdict & { open: false } = { open: false, tier, reason, liftedBy: ['allow', 'grant'] };
  const tested: Tested = {
    ...{ at: '2026-09-07T10:00:00.000Z', stage: 'KS1', verdict, listTitle: null, isService: false },
    address: { href: 'https://play.example/', host: 'play.example' },
    ...{ adultOpens: false, supervised: false, hasTiles: false, lessonBy: null, withoutList: [] },
    ...more,
  };
  const { canAsk, onTiles, onCode } = closedPageOf(verdict, tested, choices);
  return { canAsk, hasTiles: onTiles !== undefined, hasCode: onCode !== undefined };
}

test('the youngest are shown to ask where somebody leads a lesson, and nowhere else', () => {
  expect(offered({}).canAsk).toBe(false);
  expect(offered({ supervised: true }).canAsk).toBe(true);
  expect(offered({ stage: 'KS2' }).canAsk).toBe(true);
});

test('in a lesson’s focus one may ask, and of what is not known yet nobody may', () => {
  expect(offered({ stage: 'KS2' }, 'focus', { code: 'focus', until: null }).canAsk).toBe(true);
  expect(offered({ stage: 'KS2' }, 'packaged', { code: 'not-known-yet' }).canAsk).toBe(false);
});

test('the lesson’s pages and an adult’s code are there as on the block page', () => {
  expect(offered({ supervised: true, hasTiles: true })).toMatchObject({ hasTiles: true, hasCode: true });
  expect(offered({ supervised: true }).hasTiles).toBe(false);
  expect(offered({ supervised: true, hasTiles: true }, 'locked', { code: 'locked' }).hasTiles).toBe(false);
});
