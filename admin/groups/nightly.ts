import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../sign.ts';
import { writeAudit } from '../store/audit.ts';
import { readStanding, writeStanding } from '../store/standing.ts';
import type { Store, Writing } from '../store/tables.ts';
import type { ClassListRead } from './class-list.ts';
import type { NamedFile } from './csv.ts';
import { type By, keepClassList, readImported, sayPlan } from './keep.ts';
import { type Mapping, readMapped } from './mapped.ts';
import { readOneRoster } from './oneroster.ts';
import { needsAPerson, planOf } from './plan.ts';

/** The file (CSV) or folder (OneRoster) that is read every night, and what became of it. */
export const Nightly = z.object({
  path: z.string().min(1),
  columns: z.record(z.string(), z.string()).default({}),
  checkedAt: z.iso.datetime().nullable().default(null),
  /** The content that was read last: the same is not read again. */
  digest: z.string().nullable().default(null),
  said: z.string().nullable().default(null),
  /** Why a changed file waits for a person. */
  waiting: z.string().nullable().default(null),
});
export type Nightly = z.infer<typeof Nightly>;

const KEY = 'nightly-classes';
const nobody = { person: null, name: 'nightly import' };

export async function readNightly(store: Writing): Promise<Nightly | null> {
  const kept = Nightly.safeParse(await readStanding(store, KEY));
  return kept.success ? kept.data : null;
}

/** Which file is read every night from now on, and who said so. */
export const setNightly = (
  store: Store,
  path: string,
  columns: Partial<Mapping>,
  by: By,
  now: Date,
): Promise<void> =>
  store.transaction().execute(async (writing) => {
    await writeStanding(writing, KEY, Nightly.parse({ path, columns }));
    await writeAudit(writing, [
      {
        at: now,
        person: by.person,
        by: by.name,
        act: 'set-nightly-classes',
        facts: { file: basename(path) },
      },
    ]);
  });

/**
 * Reads the nightly file if it has changed. A file that cannot be read, or that would take an unlikely share of the
 * pupils away, changes nothing: it waits for a person (`keystage classes import`), and says why.
 */
export async function importNightly(store: Store, now: Date): Promise<Nightly | null> {
  const nightly = await readNightly(store);
  if (!nightly) return null;
  const said = await look(store, nightly, now);
  const kept = { ...nightly, ...said, checkedAt: now.toISOString() };
  await writeStanding(store, KEY, kept);
  if (said.waiting && said.waiting !== nightly.waiting)
    // Why it waits may quote a line of the file, and with it a child's name: that is no matter for six years.
    await writeAudit(store, [{ at: now, person: null, by: nobody.name, act: 'classes-wait' }]);
  return kept;
}

type Said = Pick<Nightly, 'digest' | 'said' | 'waiting'>;

async function look(store: Store, nightly: Nightly, now: Date): Promise<Said> {
  const files = await filesAt(nightly.path).catch(
    (error: NodeJS.ErrnoException) => error.code ?? 'unreadable',
  );
  if (typeof files === 'string')
    return { digest: null, said: null, waiting: `the file cannot be read (${files}): ${nightly.path}` };
  const digest = sha256(files.map(({ name, bytes }) => `${name} ${sha256(bytes)}`).join('\n'));
  if (digest === nightly.digest) return nightly;
  const read = readClassList(files, nightly.columns);
  if (!read.ok) {
    const [first] = read.issues;
    const where = first ? `${first.file}, line ${first.line}${first.column ? `, ${first.column}` : ''}` : '';
    return {
      digest: null,
      said: null,
      waiting: `${where}: ${first?.problem} (${read.issues.length} in all)`,
    };
  }
  const doubt = needsAPerson(planOf(read.list, await readImported(store)));
  if (doubt) return { digest: null, said: null, waiting: doubt };
  return { digest, said: sayPlan(await keepClassList(store, read.list, nobody, now)), waiting: null };
}

/** A CSV, or the files of a OneRoster folder. */
export async function filesAt(path: string): Promise<NamedFile[]> {
  const isFolder = (await stat(path)).isDirectory();
  const names = isFolder ? (await readdir(path)).filter((name) => name.toLowerCase().endsWith('.csv')) : [];
  const paths = isFolder ? names.map((name) => join(path, name)) : [path];
  return Promise.all(
    paths.sort().map(async (file) => ({ name: basename(file), bytes: new Uint8Array(await readFile(file)) })),
  );
}

/** OneRoster if its files are there, else one CSV with columns. */
export const readClassList = (files: readonly NamedFile[], columns: Partial<Mapping>): ClassListRead => {
  const [only] = files;
  const isRoster = files.some(({ name }) => /(^|\/)(users|enrollments)\.csv$/i.test(name));
  if (isRoster || !only) return readOneRoster(files);
  return files.length === 1
    ? readMapped(only, columns)
    : {
        ok: false,
        code: 'not-a-class-list',
        issues: [
          { file: only.name, line: 1, column: null, problem: 'one CSV at a time, or the files of OneRoster' },
        ],
      };
};
