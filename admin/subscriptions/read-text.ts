import { dirname, join } from 'node:path';
import type { createCleaning } from '../../rules/lists/clean.ts';
import { formatOf, notAList } from '../../rules/lists/detect.ts';
import { type LineFormat, lineReaders, type Sink } from '../../rules/lists/formats.ts';
import { createLines } from '../../rules/lists/lines.ts';
import { type FileRefused, readUnpacked } from './unpacked.ts';

export type TextRefused = { ok: false; code: 'html' | 'binary' | 'garbage' | 'too-many'; message: string };
export type TextRead = { ok: true; format: LineFormat } | FileRefused | TextRefused;

/** By so many lines a format is known; a page is known by its first. */
const LOOKED_AT = 500;
/** More names than Chrome takes in any rules, and all that this computer's memory should hold. */
const NAMES_AT_MOST = 3_000_000;
const PROGRESS_EVERY = 50_000;

/** Reads one file of names into a cleaning, line by line. `progress` hears of every so many lines. */
export async function readText(
  path: string,
  asked: LineFormat | 'auto',
  cleaning: ReturnType<typeof createCleaning>,
  progress: (lines: number) => void = () => {},
): Promise<TextRead> {
  const { counts } = cleaning;
  let format = asked === 'auto' ? null : asked;
  let head: string[] | null = [];
  let refused: TextRefused | null = null;
  let said = false;
  const includes: { file: string; attributes: readonly string[] }[] = [];
  const sink: Sink = {
    name(text) {
      said = true;
      cleaning.add(text);
    },
    path(text) {
      said = true;
      cleaning.addPath(text);
    },
    left(why) {
      said = true;
      counts.leftOut[why]++;
    },
    include(file, attributes) {
      said = true;
      includes.push({ file, attributes });
    },
  };
  const readLine = (line: string) => {
    said = false;
    lineReaders[format ?? 'plain'](line, sink);
    if (said && ++counts.lines % PROGRESS_EVERY === 0) progress(counts.lines);
  };
  const begin = () => {
    const first = head ?? [];
    head = null;
    const found = format === null ? formatOf(first) : notAList(first);
    if (found && !found.ok) refused = found;
    else if (found) format = found.format;
    if (!refused) for (const line of first) readLine(line);
  };
  const lines = createLines((line) => {
    if (refused) return;
    if (head === null) return readLine(line);
    head.push(line);
    if (head.length >= LOOKED_AT) begin();
  });
  const read = await readUnpacked(path, (bytes) => {
    lines.push(bytes.toString('latin1'));
    if (cleaning.size() > NAMES_AT_MOST)
      refused = { ok: false, code: 'too-many', message: `has more than ${NAMES_AT_MOST} names` };
    return refused === null;
  });
  if (!read.ok) return read;
  lines.end();
  if (head !== null) begin();
  if (refused) return refused;
  counts.leftOut.tooLong += lines.tooLong();
  counts.lines += lines.tooLong();
  progress(counts.lines);
  await readIncludes(dirname(path), includes, cleaning);
  return { ok: true, format: format ?? 'plain' };
}

type Include = { file: string; attributes: readonly string[] };

/** What v2fly's lines include, from the same folder and nowhere else, each file and filter once. */
async function readIncludes(
  folder: string,
  wanted: Include[],
  cleaning: ReturnType<typeof createCleaning>,
): Promise<void> {
  const { counts } = cleaning;
  const seen = new Set<string>();
  for (let next = wanted.shift(); next; next = wanted.shift()) {
    const { file, attributes } = next;
    const key = `${file} ${[...attributes].sort().join(' ')}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (!/^[\w!.-]+$/.test(file) || file.startsWith('.')) {
      counts.leftOut.missingInclude++;
      continue;
    }
    const isWanted = (has: readonly string[]) =>
      attributes.every((attribute) =>
        attribute.startsWith('-') ? !has.includes(attribute.slice(1)) : has.includes(attribute),
      );
    const lines = createLines((line) => {
      counts.lines++;
      lineReaders.v2fly(line, {
        name: (text, has = []) => {
          if (isWanted(has)) cleaning.add(text);
        },
        path: cleaning.addPath,
        left: (why) => {
          counts.leftOut[why]++;
        },
        include: (deeper, more) => {
          wanted.push({ file: deeper, attributes: [...attributes, ...more] });
        },
      });
    });
    const read = await readUnpacked(join(folder, file), (bytes) => {
      lines.push(bytes.toString('latin1'));
      return true;
    });
    if (read.ok) lines.end();
    else counts.leftOut.missingInclude++;
  }
}
