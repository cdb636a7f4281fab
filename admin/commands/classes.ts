import { Policy } from '../../rules/policy.ts';
import type { Issue } from '../groups/class-list.ts';
import { allClasses } from '../groups/classes.ts';
import { keepClassList, readImported, sayPlan } from '../groups/keep.ts';
import type { Mapping } from '../groups/mapped.ts';
import { filesAt, importNightly, readClassList, setNightly } from '../groups/nightly.ts';
import { planOf } from '../groups/plan.ts';
import { newestDocument } from '../store/documents.ts';
import { type TimetableColumns, timetableParts } from '../timetable/columns.ts';
import { usualNote } from '../timetable/timetable.ts';
import { ChangeNote, type TimetableSaid } from '../timetable/wire.ts';
import { type Command, commandLine, done, failed, misused, type Outcome, withEndpoint } from './command.ts';

const byCommandLine = { person: null, name: commandLine };

/** Class lists and the timetable, from files (issue 4.2, 4.4). */
export const classCommands: Record<string, Command> = {
  'classes import': {
    does: 'Reads a class list in place of the last one, all of it or nothing. --dry-run says what would change.',
    usage: 'classes import <file.csv|OneRoster folder> [--columns account=Email,group=Reg,…] [--dry-run]',
    words: 1,
    flags: ['columns'],
    switches: ['dry-run'],
    run: async ({ data, words: [path = ''], values: { columns }, switches, note }) => {
      const mapping = columnsIn(columns);
      if (!mapping) return misused('--columns takes pairs such as account=Email,group=Reg');
      const files = await filesAt(path).catch(() => null);
      if (!files) return failed(`no-file: ${path} cannot be read`);
      const read = readClassList(files, mapping);
      if (!read.ok)
        return failed(`${read.code}: ${path} is refused, nothing was changed`, ...sayIssues(read.issues));
      if (read.list.teaches.length === 0)
        note('note: it names no teacher, so nobody finds a class here as her own: say --columns teacher=…');
      return withEndpoint(data, async ({ store }) => {
        if (switches.has('dry-run'))
          return done(`would change: ${sayPlan(planOf(read.list, await readImported(store)))}`);
        return done(`changed: ${sayPlan(await keepClassList(store, read.list, byCommandLine, new Date()))}`);
      });
    },
  },
  'classes nightly': {
    does: 'Reads this file now and every night.',
    usage: 'classes nightly <file.csv|OneRoster folder> [--columns …]',
    words: 1,
    flags: ['columns'],
    run: async ({ data, words: [path = ''], values: { columns } }) => {
      const mapping = columnsIn(columns);
      if (!mapping) return misused('--columns takes pairs such as account=Email,group=Reg');
      return withEndpoint(data, async ({ store }) => {
        await setNightly(store, path, mapping, byCommandLine, new Date());
        const looked = await importNightly(store, new Date());
        return looked?.waiting
          ? failed(`${path} is read every night from now on. Now it waits: ${looked.waiting}`)
          : done(`${path} is read every night from now on. Now: ${looked?.said ?? 'nothing new'}`);
      });
    },
  },
  'classes show': {
    does: 'Lists the classes, by age.',
    usage: 'classes show',
    run: ({ data }) =>
      withEndpoint(data, async ({ store }) => {
        const classes = await allClasses(store, await policyIn(store));
        return done(
          ...classes.map(({ id, name, stage, pupils }) => `${id}  ${stage}  ${name}  ${pupils} pupils`),
        );
      }),
  },
  'timetable import': {
    does: 'Puts the timetable of a CSV into the policy, in place of the one before, and publishes it: days, from, until, classes, and subject, adult, place, stages, kind. What the file does not speak of (holidays, other windows) stays. --why stands in the policy’s history; --dry-run says what would change.',
    usage:
      'timetable import <file.csv> --why <reason> [--columns days=Weekday,classes=Form,…] [--educational <text>] [--technical <text>] [--review <day>] [--dry-run]',
    words: 1,
    flags: ['why', 'columns', 'educational', 'technical', 'review'],
    switches: ['dry-run'],
    run: async ({ data, words: [path = ''], values, switches }) => {
      const columns = pairsIn<TimetableColumns>(values.columns, timetableParts);
      if (!columns) return misused('--columns takes pairs such as days=Weekday,classes=Form');
      const dry = switches.has('dry-run');
      if (!values.why && !dry) return misused('--why <reason> is needed: it stands in the policy’s history');
      const usual = usualNote(values.why ?? '', new Date());
      const note = ChangeNote.safeParse({
        why: values.why,
        educational: values.educational ?? usual.educational,
        technical: values.technical ?? usual.technical,
        reviewBy: values.review ?? usual.reviewBy,
      });
      if (!note.success && !dry)
        return misused(
          ...note.error.issues.map(({ path: [part], message }) => `--${flagOf(String(part))}: ${message}`),
        );
      const [file] = await filesAt(path).catch(() => []);
      if (!file) return failed(`no-file: ${path} cannot be read`);
      return withEndpoint(data, async ({ timetable }) => {
        const done = await timetable.import(file, columns, dry ? null : (note.data ?? null), byCommandLine);
        if (done.ok) return sayTimetable(path, done.said);
        return 'issues' in done
          ? failed(`${done.code}: ${path} is refused, nothing was changed`, ...sayIssues(done.issues))
          : failed(`${done.code}: ${done.message}`);
      });
    },
  },
};

const flagOf = (part: string): string => (part === 'reviewBy' ? 'review' : part);

const sayTimetable = (path: string, { applied, after, stays }: TimetableSaid): Outcome =>
  done(
    `${path} ${applied ? 'is' : 'would be'} in force: lessons ${after.lessons}, other supervised hours ${after.windows}, holidays ${after.holidays}.`,
    ...(stays.length > 0 ? [`The file names no ${stays.join(', no ')}: those in force stay.`] : []),
  );

async function policyIn(store: Parameters<typeof newestDocument>[0]): Promise<Policy | null> {
  const stored = await newestDocument(store, 'policy');
  return stored ? Policy.parse(JSON.parse(stored.body)) : null;
}

const columnsIn = (text: string | undefined) =>
  pairsIn<Mapping>(text, ['account', 'name', 'group', 'stage', 'teacher']);

/** `account=Email,group=Reg`; undefined if it is nothing of the kind. */
function pairsIn<Columns>(text: string | undefined, parts: readonly string[]): Partial<Columns> | undefined {
  if (text === undefined) return {};
  const pairs = text.split(',').map((pair) => pair.split('='));
  if (pairs.some(([part = '', column]) => !parts.includes(part) || !column)) return undefined;
  return Object.fromEntries(pairs);
}

const sayIssues = (issues: readonly Issue[]): string[] =>
  issues.map(
    ({ file, line, column, problem }) => `  ${file}, line ${line}${column ? `, ${column}` : ''}: ${problem}`,
  );
