import { expect, test } from 'vitest';
import { saidOf } from '../../../components/blocked/said.ts';
import type { Why } from '../../../components/blocked/why.ts';
import { wordsFrom } from '../../../components/words.tsx';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { parseAddress } from '../../../rules/address.ts';
import { categoryIds } from '../../../rules/categories.ts';
import { decide } from '../../../rules/decide.ts';
import type { Documents } from '../../../rules/documents.ts';
import { helpHosts } from '../../../rules/help.ts';
import { Orders } from '../../../rules/orders.ts';
import { Policy } from '../../../rules/policy.ts';
import { isEarlyYears, readingLevel, stages } from '../../../rules/stages.ts';
import { exampleSchool } from '../rules/exampleSchool.ts';

/** Promise 9: every no has a reason that a child can read, and help is never closed. */
const words = wordsFrom(messages);
const texts = messages as Record<string, { message: string }>;
const text = (key: string) => texts[key]?.message ?? `there is no ${key}`;
const here = { canGoBack: true, canAsk: true, moment: () => '10:15' };
const said = (level: 'junior' | 'senior', why: Why) => saidOf(level, why, words, here);
const under = (id: string) => id.replaceAll('-', '_');

test('each stage reads at its own level, and whoever is not known yet as KS2', () => {
  expect([...stages, 'unknown' as const].map((stage) => `${stage} ${readingLevel(stage)}`)).toEqual([
    'EYFS early',
    'KS1 early',
    'KS2 junior',
    'KS3 senior',
    'KS4 senior',
    'staff senior',
    'visitor senior',
    'unknown junior',
  ]);
});

test.each(categoryIds)('%s: the reason is its own at KS2, and its name and reason from KS3', (category) => {
  const why = { code: 'category', category } as const;
  expect(said('junior', why).line).toBe(text(`reason_${under(category)}`));
  expect(said('senior', why).line).toBe(text(`reason_${under(category)}`));
  expect(said('senior', why).title).toContain(text(`category_${under(category)}`));
});

test.each(['guard-ip', 'guard-search', 'guard-translator', 'guard-repeated'] as const)(
  '%s: the reason is its own at both levels',
  (code) => {
    expect(said('junior', { code }).line).toBe(text(`${under(code)}_line`));
    expect(said('senior', { code }).line).toBe(text(`${under(code)}_line`));
    expect(said('senior', { code }).title).toBe(text(`senior_${under(code)}`));
  },
);

test('what the school’s own list, its approved list and the locks close, each says so', () => {
  expect(said('junior', { code: 'school-list' }).line).toBe(text('school_list_line'));
  expect(said('senior', { code: 'school-list' }).title).toBe(text('senior_school_list'));
  expect(said('junior', { code: 'not-approved' }).line).toBe(text('not_approved_line'));
  expect(said('senior', { code: 'not-approved' }).title).toBe(text('senior_not_approved'));
  expect(said('junior', { code: 'locked' }).line).toBe(text('locked_line'));
  expect(said('senior', { code: 'locked' }).title).toBe(text('senior_locked'));
});

const noon = Date.parse('2026-11-20T12:00:00Z');
const at = (minutes: number) => new Date(noon + minutes * 60_000).toISOString();

/** A school that closes the helplines in every way it can: its own list, a category, a suspension, eyes up. */
function hostile(): Documents {
  const school = exampleSchool({ social: [...helpHosts], adult: [...helpHosts] });
  const policy = Policy.parse({
    ...school.policy,
    lists: [
      { id: 'shut', title: 'Shut', says: 'closed', entries: helpHosts.map((entry) => ({ entry })) },
      ...school.policy.lists,
    ],
    help: [],
  });
  const orders = Orders.parse({
    kind: 'orders',
    schema: 1,
    mustUnderstand: [],
    school: school.policy.school,
    epoch: 1,
    issuedAt: at(-5),
    expiresAt: at(600),
    lessons: [
      {
        id: 'one',
        adult: 'Ms Patel',
        groups: ['all'],
        kind: 'directed',
        eyesUpSince: at(-1),
        sites: [],
        bundles: [],
        startsAt: at(-10),
        endsAt: at(30),
      },
    ],
    grants: [],
    closings: [],
    suspensions: [{ pupil: 'ada@school.example', reason: 'a test', endsAt: at(60) }],
  });
  return { ...school, policy, orders };
}

test.each([...stages.filter((stage) => !isEarlyYears(stage)), 'unknown'] as const)(
  '%s: no list, category, suspension or eyes-up closes the help',
  (stage) => {
    const situation = { stage, groups: ['all'], pupil: 'ada@school.example', now: noon };
    for (const host of helpHosts) {
      const address = parseAddress(`https://${host}/`);
      expect(address && decide(hostile(), situation, address).open, host).toBe(true);
      expect(address && decide({ ...hostile(), orders: null }, situation, address).open, host).toBe(true);
    }
    const other = parseAddress('https://unlisted.example/');
    if (stage !== 'staff' && stage !== 'visitor')
      expect(other && decide(hostile(), situation, other).open).toBe(false);
  },
);
