import { z } from 'zod';
import { Catalogue } from '../rules/catalogue.ts';
import { categories } from '../rules/categories.ts';
import type { Documents } from '../rules/documents.ts';
import { parseEntry } from '../rules/entry.ts';
import { Lesson, Orders } from '../rules/orders.ts';
import type { Policy } from '../rules/policy.ts';
import type { Situation } from '../rules/situation.ts';
import { type KnownStage, stages } from '../rules/stages.ts';
import { standingOf } from '../rules/standing.ts';
import { readJsonFile } from './json-file.ts';
import { entryIssues } from './orders-check.ts';
import { type Issue, issuesOf } from './plain-issues.ts';
import { checkPolicy } from './policy-check.ts';
import { sayIssue, withNames } from './shown-path.ts';
import { newestDocument } from './store/documents.ts';
import { openStore } from './store/open.ts';
import { unknownFields } from './unknown-fields.ts';
import { ordersAt, type Test } from './verdict.ts';
import { categoriesAsked, createCatalogueLists, type ListsRead, readListFolder } from './verdict-lists.ts';
import { fillLesson, fillLessons, isOrdersFile } from './written-lesson.ts';

export type Flags = Record<string, string | undefined>;
type Read<T> = { ok: true; value: T } | { ok: false; problems: string[] };
const problem = (...problems: string[]): { ok: false; problems: string[] } => ({ ok: false, problems });

/** Reads what the command line says about who asks and what is in force. Every problem names the flag. */
export async function readQuestion(
  flags: Flags,
  places: { ourLists: string; listsFolder?: string | undefined },
): Promise<{ ok: true; test: Test; notes: string[] } | { ok: false; problems: string[] }> {
  const policy = await readPolicy(flags.policy);
  const now = readTime(flags.at);
  const stage = readStage(flags.stage);
  const problems = [policy, now, stage].flatMap((read) => (read.ok ? [] : read.problems));
  if (!policy.ok || !now.ok || !stage.ok) return problem(...problems);

  const said = await readOrders(flags.lesson, flags.group, now.value);
  if (!said.ok) return said;
  const { orders } = said.value;
  const lessonGroups = orders?.lessons.flatMap(({ groups }) => groups) ?? [];
  const groups = flags.group !== undefined ? [flags.group] : lessonGroups;
  if (flags.group !== undefined && !knowsGroup(policy.value, lessonGroups, flags.group)) {
    return problem(noGroup(flags.group, policy.value.groups));
  }
  const situation: Situation = { stage: stage.value, groups, now: now.value };
  const documents: Documents = { policy: policy.value, orders, lists: new Map(), listsInForce: true };
  const wanted = categoriesAsked(standingOf(documents, situation));
  const lists = await readLists(flags, places, wanted);
  if (!lists.ok) return lists;
  const absent = wanted.filter((category) => !lists.value.lists.has(category));
  const missing = absent.filter((category) => categories[category].class !== 'illegal');
  const illegalIsMissing = absent.length > missing.length;
  const grouped = policy.value.groups.find(({ id }) => id === flags.group);
  const notes = [
    ...(grouped && grouped.stage !== stage.value
      ? [`--group ${grouped.id} is ${grouped.stage} in this policy; the answers are for ${stage.value}`]
      : []),
    ...lists.value.notes,
    ...(missing.length > 0 ? [`no list is here for ${missing.join(', ')}: these close nothing`] : []),
    ...(illegalIsMissing
      ? [
          policy.value.upstream
            ? 'illegal addresses are closed by the provider’s filter, not by a list here'
            : 'no list of illegal addresses is here, and no provider is recorded',
        ]
      : []),
  ];
  return { ok: true, test: { documents: { ...documents, ...listsIn(lists.value) }, situation }, notes };
}

/** Which classes there are is the quickest help against a slip of the hand. */
export const noGroup = (group: string, known: readonly { id: string }[]): string =>
  `no-group: --group ${group} is no group of this policy, which has ${known.map(({ id }) => id).join(', ') || 'none'}`;

async function readJson(flag: string, file: string | undefined): Promise<Read<unknown>> {
  if (file === undefined) return problem(`--${flag} <file> is needed`);
  const read = await readJsonFile(file);
  return read.ok ? { ok: true, value: read.written } : problem(`${read.code}: --${flag}: ${read.why}`);
}

/** A policy as a person wrote it, whichever school's it is. */
async function readPolicy(file: string | undefined): Promise<Read<Policy>> {
  const read = await readJson('policy', file);
  if (!read.ok) return read;
  const school = (read.value as { school?: unknown } | null)?.school;
  const checked = checkPolicy(read.value, typeof school === 'string' ? school : '');
  if (checked.ok) return { ok: true, value: checked.policy };
  const issues = checked.issues.map((issue) => `  ${sayIssue(issue)}`);
  return problem(`${checked.code}: --policy: ${file} is refused`, ...issues);
}

/** Now, or a moment with its time zone, such as 2026-09-07T10:00:00Z. */
function readTime(text: string | undefined): Read<number> {
  if (text === undefined) return { ok: true, value: Date.now() };
  const at = z.iso.datetime({ offset: true }).safeParse(text).success ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    return problem(`not-a-time: --at ${text} is no time such as 2026-09-07T10:00:00Z (with Z or an offset)`);
  return { ok: true, value: at };
}

function readStage(text: string | undefined): Read<KnownStage> {
  const known = [...stages, 'unknown' as const];
  const stage = known.find((one) => one.toLowerCase() === text?.toLowerCase());
  if (stage) return { ok: true, value: stage };
  return problem(`no-stage: --stage ${text ?? ''} is none of ${known.join(', ')}`.replace('  ', ' '));
}

/** A lesson that is only thought of: what is left out is usual, what no lesson has is a mistake. */
const WrittenLesson = Lesson.partial({
  adult: true,
  groups: true,
  sites: true,
  endsAt: true,
  kind: true,
}).strict();
/** As `orders show` prints it, or a signed document of the endpoint's. */
const WrittenOrders = Orders.strict();

/** A lesson, or the whole of what is open now (`orders show`): a lesson's file holds its own fields. */
async function readOrders(
  file: string | undefined,
  group: string | undefined,
  now: number,
): Promise<Read<{ orders: Orders | null }>> {
  if (file === undefined) return { ok: true, value: { orders: null } };
  const read = await readJson('lesson', file);
  if (!read.ok) return read;
  const written = read.value;
  const checked = isOrdersFile(written)
    ? readWrittenOrders(written, now)
    : readWrittenLesson(written, group, now);
  if (checked.ok) return { ok: true, value: { orders: checked.orders } };
  return problem(
    `not-a-lesson: --lesson: ${file} is refused`,
    ...checked.issues.map((issue) => `  ${sayIssue(issue)}`),
  );
}

type OrdersRead = { ok: true; orders: Orders } | { ok: false; issues: Issue[] };

function readWrittenOrders(written: Record<string, unknown>, now: number): OrdersRead {
  const filled = fillLessons(written, new Date(now)) as Partial<Orders>;
  // Orders whose file says when they end are over then, as on a Chromebook that the endpoint no longer reaches.
  const ends = 'expiresAt' in filled ? { expiresAt: filled.expiresAt } : {};
  const read = WrittenOrders.safeParse({ ...ordersAt(filled, now), ...ends });
  if (!read.success) return { ok: false, issues: issuesOf(read.error, written) };
  const issues = [...unknownFields(filled, read.data), ...entryIssues(read.data)];
  return issues.length > 0
    ? { ok: false, issues: withNames(issues, filled) }
    : { ok: true, orders: read.data };
}

function readWrittenLesson(written: unknown, group: string | undefined, now: number): OrdersRead {
  if (typeof written === 'object' && written !== null && Object.keys(written).length === 0)
    return { ok: false, issues: [{ path: '', problem: 'is empty: a lesson has a kind, sites, groups …' }] };
  const filled = fillLesson(written, new Date(now));
  const read = WrittenLesson.safeParse(filled);
  if (!read.success) return { ok: false, issues: issuesOf(read.error, written) };
  const { adult, groups, sites, endsAt, kind, ...rest } = read.data;
  const lesson: Lesson = {
    ...rest,
    adult: adult ?? 'an adult',
    groups: groups ?? [group ?? '(tested)'],
    kind: kind ?? 'supervised',
    sites: sites ?? [],
    endsAt: endsAt ?? new Date(Math.max(now, Date.parse(rest.startsAt)) + 3_600_000).toISOString(),
  };
  const issues = [
    ...unknownFields(filled, read.data),
    ...lesson.sites.flatMap(({ entry }, at) => {
      const parsed = parseEntry(entry);
      return parsed.ok ? [] : [{ path: `sites[${at}]`, problem: `${parsed.code}: ${parsed.reason}` }];
    }),
  ];
  if (Date.parse(lesson.endsAt) <= Date.parse(lesson.startsAt))
    issues.push({ path: 'endsAt', problem: 'is not after startsAt' });
  return issues.length > 0
    ? { ok: false, issues: withNames(issues, filled) }
    : { ok: true, orders: ordersAt({ lessons: [lesson] }, now) };
}

const knowsGroup = (policy: Policy, lessonGroups: readonly string[], group: string): boolean =>
  lessonGroups.includes(group) ||
  policy.groups.some(({ id }) => id === group) ||
  policy.lists.some(({ groups }) => groups?.includes(group));

const listsIn = ({ lists, paths }: ListsRead) => ({ lists, ...(paths ? { paths } : {}) });

/** The lists of a folder, of the data folder's catalogue, or those that come with Keystage. */
async function readLists(
  { lists, data }: Flags,
  { ourLists, listsFolder }: { ourLists: string; listsFolder?: string | undefined },
  wanted: Parameters<typeof readListFolder>[1],
): Promise<Read<ListsRead>> {
  if (lists !== undefined && data !== undefined) return problem('--lists and --data exclude each other');
  try {
    if (data !== undefined && listsFolder !== undefined) {
      const store = await openStore(data);
      try {
        const newest = await newestDocument(store, 'catalogue');
        const catalogue = newest ? Catalogue.parse(JSON.parse(newest.body)) : null;
        const listsOf = createCatalogueLists(listsFolder);
        const value = {
          lists: await listsOf(catalogue, wanted),
          paths: await listsOf.paths(catalogue, wanted),
          notes: [],
        };
        return { ok: true, value };
      } finally {
        await store.destroy();
      }
    }
    return { ok: true, value: await readListFolder(lists ?? ourLists, wanted) };
  } catch (error) {
    const where = data !== undefined ? `--data ${data}` : `--lists ${lists ?? ourLists}`;
    return problem(`no-lists: ${where}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
}
