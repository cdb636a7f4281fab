import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { AuditFacts, auditActs } from '../../../admin/audit-acts.ts';
import messages from '../../../admin/console/locales/en.json';
import { auditWords, moreWords } from '../../../admin/console/src/audit-words.ts';
import {
  actWords,
  answerWords,
  categoryWords,
  kindWords,
  stateWords,
  urgencyWords,
} from '../../../admin/console/src/item-words.ts';
import { plural, say } from '../../../admin/console/src/words.ts';
import { InboxRow, ItemState, Role, Urgency } from '../../../admin/console-wire.ts';
import { categoryIds } from '../../../rules/categories.ts';
import { Answer } from '../../../rules/wire.ts';

const here = join(import.meta.dirname, '../../../admin/console/src');
const source = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(here, name), 'utf8'))
  .join('\n');
const known = new Set(Object.keys(messages));

test('everything that the wire can say has words', () => {
  for (const answer of Answer.options) expect(answerWords(say, answer)).not.toMatch(/^answer_/);
  for (const what of InboxRow.shape.what.options)
    expect(kindWords(say, { kind: 'report', what })).not.toMatch(/^kind_/);
  for (const category of categoryIds) expect(categoryWords(say, category)).not.toMatch(/^category_/);
  for (const role of Role.options) expect(known).toContain(`role_${role.replace('-', '_')}`);
  for (const urgency of Urgency.options) expect(urgencyWords(say, urgency) ?? '').not.toMatch(/_/);
  for (const state of ItemState.options) expect(stateWords(say, state) ?? '').not.toMatch(/_/);
});

test('every act of the audit has words, and every fact a phrase with no placeholder left', () => {
  for (const act of auditActs) {
    expect(known, act).toContain(`audit_${act.replaceAll('-', '_')}`);
    expect(auditWords(act), act).not.toMatch(/_/);
  }
  const every: Record<string, z.ZodType> = AuditFacts.shape;
  for (const [fact, schema] of Object.entries(every))
    for (const value of samplesOf(schema).length > 0 ? samplesOf(schema) : [undefined]) {
      const said = moreWords(AuditFacts.parse({ [fact]: value }));
      expect(said, fact).toMatch(/^(Oak|[“A-Z0-9]).*[.?!”]$/);
      expect(said, fact).not.toMatch(/undefined|\$|_|T\d\d:/);
    }
});

/** Values of a fact: each of a choice, one and two of a count, something of anything else. */
function samplesOf(schema: z.ZodType): unknown[] {
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  if (inner instanceof z.ZodEnum) return inner.options;
  const takes = (value: unknown) => inner.safeParse(value).success;
  if (takes('Jo Park')) return ['Jo Park'];
  const tries = [0, 1, 2, true, ['Oak'], ['Oak', 'Elm', 'Ash', 'Fir'], '2026-11-20T10:00:00.000Z'];
  return tries.filter(takes);
}

test('what the audit adds is a sentence', () => {
  expect(
    moreWords({
      classes: ['2B', '3C'],
      lesson: 'directly-supervised',
      siteCount: 1,
      cover: true,
    }),
  ).toBe('For 2B and 3C, exactly these sites, 1 site, taken for cover.');
  expect(moreWords({ name: 'Jo Park', roleBefore: 'teaching-assistant', role: 'teacher' })).toBe(
    'Jo Park, teacher, before that teaching assistant.',
  );
  expect(moreWords({ sites: ['a.org', 'b.org', 'c.org', 'd.org'] })).toBe('a.org, b.org and 2 more.');
  expect(moreWords({ report: '2026-11-20T10:00:00Z', from: '4 Ash' })).toMatch(
    /^The report .*, from 4 Ash\.$/,
  );
  expect(moreWords({})).toBe('');
  expect(auditWords('some-newer-act')).toBe('some newer act');
});

test('a request is "please may I"; the ordinary and the new have no word, so that the rest stands out', () => {
  expect(kindWords(say, { kind: 'request', what: 'request' })).toBe('Please may I');
  expect(urgencyWords(say, 'now')).toBe('Look now');
  expect(urgencyWords(say, 'ordinary')).toBeNull();
  expect(stateWords(say, 'new')).toBeNull();
});

test('every key that the pages name is there, in both numbers where it counts', () => {
  for (const [, key = ''] of source.matchAll(/\bsay\(\s*'([^']+)'/g)) expect(known).toContain(key);
  for (const [, key = ''] of source.matchAll(/\bplural\(\s*say,\s*'([^']+)'/g))
    for (const form of ['one', 'other']) expect(known).toContain(`${key}_${form}`);
});

test('no sentence waits for a page that never says it', () => {
  const stems = [...known].map((key) => ({ key, stem: key.replace(/_(one|other)$/, '') }));
  const unsaid = stems.filter(
    ({ key, stem }) => !source.includes(`'${stem}'`) && !source.includes(`\`${key.split('_')[0]}_`),
  );
  expect(unsaid.map(({ key }) => key)).toEqual([]);
});

test('no placeholder is left standing, and none is missing', () => {
  for (const [key, found] of Object.entries(messages)) {
    const said = say(key, 'ONE', 'TWO', 'THREE');
    expect(said, key).not.toMatch(/\$/);
    const placeholders = 'placeholders' in found ? Object.keys(found.placeholders) : [];
    for (const name of placeholders) expect(found.message.toLowerCase(), key).toContain(`$${name}$`);
  }
});

test('one is one', () => {
  expect(plural(say, 'fleetTrouble', 1)).toBe('1 with trouble');
  expect(plural(say, 'saidNoConcern', 1, 'bbc.co.uk')).toBe('bbc.co.uk: no concern.');
  expect(plural(say, 'saidNoConcern', 1200, 'bbc.co.uk')).toBe('1,200 reports: no concern.');
});

test('the log says "looked at", and an act of a newer endpoint by its own name', () => {
  const line = { at: '2026-11-20T10:00:00Z', by: 'Amina Reed', note: null };
  expect(actWords(say, { ...line, act: 'reveal' })).toBe('Amina Reed looked at title and address');
  expect(actWords(say, { ...line, act: 'escalated' })).toBe('Amina Reed: escalated');
});

test('a last day is named as a teacher names it', () => {
  for (const key of ['unblocksTo', 'homeworkDueField']) expect(say(key)).toMatch(/^\w+ \(last day\)$/);
});

test('the card that README and the teachers’ page promise is the card of the console', () => {
  const card = ['2B', say('lastWas', say('kind_directly_supervised')), say('startUntil', '10:15')].join(
    ' · ',
  );
  for (const page of ['README.md', 'docs/for-teachers.md'])
    expect(readFileSync(join(here, '../../..', page), 'utf8'), page).toContain(`*${card}*`);
});

test('nobody is said to have done something: an account is "from", never "by"', () => {
  const spoken = Object.values(messages).map(({ message }) => message);
  expect(spoken).toContain('From the account of');
  for (const sentence of spoken) expect(sentence).not.toMatch(/\bby (the )?(pupil|child|account)/i);
});
