import { Policy } from '../../rules/policy.ts';
import type { Issue } from '../groups/class-list.ts';
import { allClasses } from '../groups/classes.ts';
import { keepClassList, readImported, sayPlan } from '../groups/keep.ts';
import type { Mapping } from '../groups/mapped.ts';
import { filesAt, importNightly, readClassList, setNightly } from '../groups/nightly.ts';
import { planOf } from '../groups/plan.ts';
import { newestDocument } from '../store/documents.ts';
import { readTimetable } from '../timetable/timetable-csv.ts';
import {
  type Command,
  commandLine,
  done,
  failed,
  misused,
  type Outcome,
  refusedFile,
  withEndpoint,
} from './command.ts';

const byCommandLine = { person: null, name: commandLine };

/** Class lists and the timetable, from files (issue 4.2, 4.4). */
export const classCommands: Record<string, Command> = {
  'classes import': {
    usage: 'classes import <file.csv|OneRoster folder> [--columns account=Email,group=Reg,…] [--dry-run]',
    words: 1,
    flags: ['columns'],
    switches: ['dry-run'],
    run: async ({ data, words: [path = ''], values: { columns }, switches }) => {
      const mapping = columnsIn(columns);
      if (!mapping) return misused('--columns takes pairs such as account=Email,group=Reg');
      const files = await filesAt(path).catch(() => null);
      if (!files) return failed(`no-file: ${path} cannot be read`);
      const read = readClassList(files, mapping);
      if (!read.ok)
        return failed(`${read.code}: ${path} is refused, nothing was changed`, ...sayIssues(read.issues));
      return withEndpoint(data, async ({ store }) => {
        if (switches.has('dry-run'))
          return done(`would change: ${sayPlan(planOf(read.list, await readImported(store)))}`);
        return done(`changed: ${sayPlan(await keepClassList(store, read.list, byCommandLine, new Date()))}`);
      });
    },
  },
  'classes nightly': {
    usage: 'classes nightly <file.csv|OneRoster folder> [--columns …]',
    words: 1,
    flags: ['columns'],
    run: async ({ data, words: [path = ''], values: { columns } }) => {
      const mapping = columnsIn(columns);
      if (!mapping) return misused('--columns takes pairs such as account=Email,group=Reg');
      return withEndpoint(data, async ({ store }) => {
        await setNightly(store, path, mapping);
        const looked = await importNightly(store, new Date());
        return looked?.waiting
          ? failed(`${path} is read every night from now on. Now it waits: ${looked.waiting}`)
          : done(`${path} is read every night from now on. Now: ${looked?.said ?? 'nothing new'}`);
      });
    },
  },
  'classes show': {
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
    usage: 'timetable import <file.csv> --why <reason>',
    words: 1,
    flags: ['why'],
    run: async ({ data, words: [path = ''], values: { why } }) => {
      if (!why) return misused('--why <reason> is needed: it stands in the policy’s history');
      const [file] = await filesAt(path).catch(() => []);
      if (!file) return failed(`no-file: ${path} cannot be read`);
      const read = readTimetable(file);
      if (!read.ok)
        return failed(`${read.code}: ${path} is refused, nothing was changed`, ...sayIssues(read.issues));
      return withEndpoint(data, (endpoint) => publishTimetable(endpoint, read.timetable, path, why));
    },
  },
};

async function publishTimetable(
  endpoint: Parameters<Parameters<typeof withEndpoint>[1]>[0],
  timetable: Policy['timetable'],
  path: string,
  why: string,
): Promise<Outcome> {
  const policy = await policyIn(endpoint.store);
  if (!policy) return failed('no-policy: publish a policy first');
  const at = new Date();
  const change = {
    at: at.toISOString(),
    by: commandLine,
    what: `Timetable: ${timetable?.hours.length} hours, ${timetable?.holidays.length} holidays.`,
    why,
    risk: {
      educational: {
        by: commandLine,
        text: 'Lessons of the timetable count as supervised at KS2 and above.',
      },
      technical: {
        by: commandLine,
        text: 'No list changes; EYFS and KS1 stay closed without a started lesson.',
      },
    },
    reviewBy: new Date(at.getTime() + 365 * 86_400_000).toISOString().slice(0, 10),
  };
  const published = await endpoint.publishPolicy(
    { ...policy, timetable, history: [...policy.history, change] },
    commandLine,
  );
  return published.ok
    ? done(`${path} is in force: ${change.what}`)
    : refusedFile(published.code, path, published.issues);
}

async function policyIn(store: Parameters<typeof newestDocument>[0]): Promise<Policy | null> {
  const stored = await newestDocument(store, 'policy');
  return stored ? Policy.parse(JSON.parse(stored.body)) : null;
}

/** `account=Email,group=Reg`; undefined if it is nothing of the kind. */
function columnsIn(text: string | undefined): Partial<Mapping> | undefined {
  if (text === undefined) return {};
  const parts = ['account', 'name', 'group', 'stage', 'teacher'];
  const pairs = text.split(',').map((pair) => pair.split('='));
  if (pairs.some(([part = '', column]) => !parts.includes(part) || !column)) return undefined;
  return Object.fromEntries(pairs);
}

const sayIssues = (issues: readonly Issue[]): string[] =>
  issues.map(
    ({ file, line, column, problem }) => `  ${file}, line ${line}${column ? `, ${column}` : ''}: ${problem}`,
  );
