import { readFile } from 'node:fs/promises';

type Read = { ok: true; written: unknown } | { ok: false; code: 'no-file' | 'not-json'; why: string };

/** Reads a file that a person wrote. Editors on Windows mark UTF-8 with three bytes, and some save UTF-16. */
export async function readJsonFile(file: string): Promise<Read> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch {
    return { ok: false, code: 'no-file', why: `${file} cannot be read` };
  }
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return { ok: false, code: 'not-json', why: `${file}: is text in UTF-16: save it as UTF-8` };
  try {
    return { ok: true, written: JSON.parse(new TextDecoder().decode(bytes)) };
  } catch (error) {
    return { ok: false, code: 'not-json', why: `${file}: ${error instanceof Error ? error.message : ''}` };
  }
}
