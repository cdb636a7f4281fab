import type { z } from 'zod';

/**
 * One place in a document, and what is wrong with it in words for whoever wrote the file. `shown` is the place with
 * the names of what stands there, for people (`shown-path.ts`).
 */
export type Issue = { path: string; shown?: string; problem: string };

/**
 * What a schema refuses, one line for each place: what stands there, and what may. `written` is the document as it
 * came; without it only what may stand there is said.
 */
export const issuesOf = (error: z.ZodError, written?: unknown): Issue[] =>
  error.issues.flatMap((issue) => issuesOfOne(issue, [], written));

/** Of a field that nothing here reads. */
export const notKnown = 'is not known here: is it spelled right, and in the right place?';

type ZodIssue = z.ZodError['issues'][number];
type Step = PropertyKey;

function issuesOfOne(issue: ZodIssue, before: readonly Step[], written: unknown): Issue[] {
  const place = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: pathOf([...place, key]), problem: notKnown }));
  // Of several shapes that a value may have, the one that it comes nearest to is worth correcting.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? [];
    return nearest.flatMap((one) => issuesOfOne(one, place, written));
  }
  const found = foundAt(written, place);
  return [{ path: pathOf(place), problem: problemOf(issue, found) }];
}

/** `lists[0].entries[2].entry`, as people point into a file. */
export const pathOf = (steps: readonly Step[]): string =>
  steps.reduce<string>(
    (place, step) =>
      typeof step === 'number' ? `${place}[${step}]` : place ? `${place}.${String(step)}` : String(step),
    '',
  );

type Found = { there: boolean; value?: unknown };

function foundAt(written: unknown, steps: readonly Step[]): Found {
  let value = written;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !(step in value)) return { there: false };
    value = (value as Record<Step, unknown>)[step];
  }
  return { there: value !== undefined, value };
}

function problemOf(issue: ZodIssue, found: Found): string {
  const allowed = allowedBy(issue);
  if (allowed === null) return issue.message;
  if (!found.there) return isMissing(issue) ? `is missing: write ${allowed}` : `must be ${allowed}`;
  if (found.value === '') return `is empty: write ${allowed}`;
  return `is ${shown(found.value)}, but must be ${allowed}`;
}

const isMissing = (issue: ZodIssue): boolean =>
  issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union';

/** What may stand there, to follow "write" or "must be"; null where the schema has a sentence of its own. */
function allowedBy(issue: ZodIssue): string | null {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? `of the kind ${issue.expected}`;
    case 'invalid_value':
      return oneOf(issue.values.map((value) => JSON.stringify(value)));
    case 'too_small':
      return amount(issue.origin, `at least ${issue.minimum}`, Number(issue.minimum));
    case 'too_big':
      return amount(issue.origin, `at most ${issue.maximum}`, Number(issue.maximum));
    case 'invalid_format':
      return formats[issue.format] ?? patterns[issue.pattern ?? ''] ?? null;
    default:
      return null;
  }
}

const kinds: Record<string, string> = {
  string: 'text in "quotes"',
  number: 'a number without quotes',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'a group of fields in { }',
  record: 'a group of fields in { }',
};

const formats: Record<string, string> = {
  datetime: 'a moment such as "2026-11-21T10:15:00Z"',
  date: 'a date such as "2027-01-15"',
  uuid: 'an id such as "7b4c0a1e-5f0e-4f7b-9d3a-1c2b3d4e5f60"',
  email: 'an e-mail address',
  url: 'a whole address such as "https://school.example/"',
};

/** The patterns of `rules/` in words; another keeps the schema's own message. */
const patterns: Record<string, string> = {
  '/^[a-z0-9-]{1,40}$/': 'small letters, digits and hyphens only, at most 40 of them',
  '/^\\d\\d:\\d\\d$/': 'a time such as "08:30"',
};

function amount(origin: string, many: string, count: number): string {
  if (origin === 'string')
    return count === 1 && many.startsWith('at least') ? 'some text' : `text of ${many} letters`;
  if (origin === 'array' || origin === 'set') return `a list of ${many} ${count === 1 ? 'thing' : 'things'}`;
  return many;
}

const oneOf = (values: readonly string[]): string =>
  values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`;

/** What was found, short enough to be read. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'a group of fields';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
