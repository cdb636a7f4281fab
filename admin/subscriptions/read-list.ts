import { stat } from 'node:fs/promises';
import { createCleaning } from '../../rules/lists/clean.ts';
import type { Counts } from '../../rules/lists/counts.ts';
import { isMostlyGarbage } from '../../rules/lists/detect.ts';
import type { Format } from '../../rules/lists/formats.ts';
import type { TextRefused } from './read-text.ts';
import { readText } from './read-text.ts';
import { isUt1Category, meantByAlias, readUt1 } from './read-ut1.ts';
import type { FileRefused } from './unpacked.ts';

export type ListRefused = {
  ok: false;
  code: FileRefused['code'] | TextRefused['code'] | 'allow-list' | 'alias' | 'not-one-list' | 'empty';
  message: string;
  counts?: Counts;
};
/** A list as it was found: its names cleaned and sorted, and what was left out. */
export type ListRead =
  | {
      ok: true;
      format: Exclude<Format, 'auto'>;
      names: string[];
      paths: string[];
      counts: Counts;
      notes: string[];
    }
  | ListRefused;

/**
 * Reads one list from a file or a UT1 folder. Refuses, with a code and words for a person, what is no list, is cut
 * off, or holds no name at all.
 */
export async function readList(
  path: string,
  format: Format,
  progress?: (lines: number) => void,
): Promise<ListRead> {
  const read = await readAny(path, format, progress);
  if (!read.ok) return read;
  const isEmpty = read.names.length + read.paths.length === 0;
  if (isEmpty && read.format !== 'ut1' && isMostlyGarbage(read.counts))
    return { ok: false, code: 'garbage', message: 'holds no line that is a name', counts: read.counts };
  if (isEmpty) return { ok: false, code: 'empty', message: 'names no host', counts: read.counts };
  if (isMostlyGarbage(read.counts))
    return { ok: false, code: 'garbage', message: 'most of its lines are no names', counts: read.counts };
  return read;
}

async function readAny(path: string, format: Format, progress?: (lines: number) => void): Promise<ListRead> {
  const meant = await meantByAlias(path);
  if (meant) {
    const { alias, folder } = meant;
    const said = `"${alias.alias}" points at "${alias.pointsAt}" and means "${alias.means ?? 'nothing we know'}"`;
    if (!folder) return { ok: false, code: 'alias', message: said };
    const read = await readUt1(folder, progress);
    return read.ok ? { ...read, notes: [said] } : read;
  }
  const found = await stat(path).catch(() => null);
  if (!found) return { ok: false, code: 'no-file', message: `${path} cannot be read` };
  if (found.isDirectory()) {
    if (isUt1Category(path)) return readUt1(path, progress);
    return { ok: false, code: 'not-one-list', message: 'is a folder: name one of the lists in it' };
  }
  const cleaning = createCleaning();
  const read = await readText(
    path,
    format === 'auto' || format === 'ut1' ? 'auto' : format,
    cleaning,
    progress,
  );
  return read.ok
    ? {
        ok: true,
        format: read.format,
        names: cleaning.cleaned(),
        paths: cleaning.cleanedPaths(),
        counts: cleaning.counts,
        notes: [],
      }
    : { ...read, counts: cleaning.counts };
}
