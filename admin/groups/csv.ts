import { parse } from 'csv-parse/sync';
import type { Issue } from './class-list.ts';

/** A file as it came. */
export type NamedFile = { name: string; bytes: Uint8Array };

export type Row = { line: number; values: Record<string, string> };
export type Csv = { ok: true; columns: string[]; rows: Row[] } | { ok: false; issues: Issue[] };

/** A school has some thousand pupils; a file with more lines than this is another one. */
const MOST_ROWS = 100_000;
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Reads a CSV with a header line: UTF-8 with or without a byte-order mark, else Windows' Latin-1, as registers export
 * it; comma, semicolon or tab. Each row keeps its line, so that a person finds what is wrong.
 */
export function readCsv({ name, bytes }: NamedFile): Csv {
  const wrong = (line: number, problem: string): Csv => ({
    ok: false,
    issues: [{ file: name, line, column: null, problem }],
  });
  if (bytes.length > MOST_BYTES) return wrong(1, 'is larger than 32 MB');
  const text = decode(bytes);
  if (text.includes('\0')) return wrong(1, 'is not a text file');
  if (text.trim() === '') return wrong(1, 'is empty');
  const header = text.split(/\r?\n/, 1)[0] ?? '';
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      delimiter: delimiterIn(header),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: MOST_ROWS + 2,
    }) as unknown as typeof records;
  } catch (error) {
    const { lines, message } = error as { lines?: number; message: string };
    return wrong(lines ?? 1, `cannot be read as CSV: ${message}`);
  }
  if (records.length > MOST_ROWS + 1) return wrong(MOST_ROWS + 2, `has more than ${MOST_ROWS} rows`);
  const columns = records[0]?.record ?? [];
  const twice = columns.find((column, at) => column !== '' && columns.indexOf(column) !== at);
  if (twice !== undefined) return wrong(1, `has the column "${twice}" twice`);
  const issues: Issue[] = [];
  const rows = records.slice(1).flatMap(({ record, info }) => {
    // `lines` counts to the record's end: a quoted line break belongs to the row that it stands in.
    const line = info.lines - record.filter((cell) => cell.includes('\n')).length;
    if (record.length > columns.length || (record.length < columns.length && record.length < 2)) {
      issues.push({
        file: name,
        line,
        column: null,
        problem: `has ${record.length} cells, but the header names ${columns.length} columns`,
      });
      return [];
    }
    return [{ line, values: Object.fromEntries(columns.map((column, at) => [column, record[at] ?? ''])) }];
  });
  return issues.length > 0 ? { ok: false, issues } : { ok: true, columns, rows };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Whatever separates most of the header; a comma if nothing does. */
function delimiterIn(header: string): string {
  const counts = [',', ';', '\t'].map((one) => [one, header.split(one).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best), [',', 1] as const)[0];
}
