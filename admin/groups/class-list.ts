import { Stage, stages } from '../../rules/stages.ts';

/** Classes and other sets, their pupils and their teachers, as a file says them; keyed on the account. */
export type ClassList = {
  groups: { id: string; name: string; stage: Stage }[];
  pupils: { account: string; name: string; stage: Stage; groups: string[] }[];
  /** Which member of staff has which class, by e-mail. A file may say nothing of it. */
  teaches: { email: string; group: string }[];
};

/** What is wrong in a file, and where: line 1 is the header. */
export type Issue = { file: string; line: number; column: string | null; problem: string };

export type ClassListRead =
  | { ok: true; list: ClassList }
  | { ok: false; code: 'not-a-class-list'; issues: Issue[] };

/** How many issues are told at once: after these a person mends the file and tries again. */
const ISSUES_TOLD = 50;

export const refusedList = (issues: Issue[]): ClassListRead => ({
  ok: false,
  code: 'not-a-class-list',
  issues: issues.slice(0, ISSUES_TOLD),
});

/** A class's identifier, from its name: as in managed settings and lists of the policy. */
export const groupIdOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);

/** Accounts are the same whatever their case. */
export const accountOf = (text: string): string => text.trim().toLowerCase();

export const isAccount = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text) && text.length <= 320;

/** The first and last year of each stage in England; nursery and reception come before year 1. */
const years: readonly [Stage, number, number][] = [
  ['KS1', 1, 2],
  ['KS2', 3, 6],
  ['KS3', 7, 9],
  ['KS4', 10, 14],
];

/**
 * The stage that a file means: a stage by name, a national-curriculum year ("4", "Year 4", "Y4"), nursery or
 * reception. Undefined where it means none.
 */
export function stageIn(text: string): Stage | undefined {
  const plain = text.trim();
  const named = Stage.safeParse(plain.length <= 4 ? plain.toUpperCase() : plain.toLowerCase());
  if (named.success) return named.data;
  if (/^(n\d?|nursery|r|reception|eyfs|fs\d|early years|pk|kg)$/i.test(plain)) return 'EYFS';
  const year = /^(?:y|yr|year|nc ?year)?\s*0?(\d{1,2})$/i.exec(plain)?.[1];
  const found = year && years.find(([, first, last]) => Number(year) >= first && Number(year) <= last);
  return found ? found[0] : undefined;
}

/** Of two stages the one of younger children: unknown means the strictest of the group (DESIGN §2). */
export const youngest = (one: Stage, other: Stage): Stage =>
  stages.indexOf(one) <= stages.indexOf(other) ? one : other;
