import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ut1Tree } from './read-ut1.ts';
import { type FileRefused, readUnpacked } from './unpacked.ts';

const BLOCK = 512;
/** What a UT1 archive holds that we read; nothing else is written to disk. */
const wanted = /^(domains|urls|expressions|very_restrictive_expression|usage|global_usage)$/;
const isList = /^(domains|urls)$/;
const SAFE = /^[\w-]{1,60}$/;

/** True for a tar archive, packed or not. */
export async function isTar(path: string): Promise<boolean> {
  let head = '';
  await readUnpacked(path, (bytes) => {
    head += bytes.toString('latin1');
    return head.length < BLOCK;
  });
  return head.slice(257, 262) === 'ustar';
}

/**
 * Unpacks a UT1 archive (`games.tar.gz`, or the whole tree) into a folder: `<category>/<file>` and the aliases in
 * `SYMLINKS.txt`. Names in the archive choose no other place.
 */
export async function unpackUt1(path: string, folder: string): Promise<{ ok: true } | FileRefused> {
  const aliases: string[] = [];
  let rest = Buffer.alloc(0);
  let left = 0;
  let padding = 0;
  let file: WriteStream | null = null;
  let ended = false;
  let lists = 0;
  const endFile = async () => {
    const one = file;
    file = null;
    if (one) await new Promise<void>((resolve, reject) => one.once('error', reject).end(() => resolve()));
  };
  const read = await readUnpacked(path, async (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      if (left > 0) {
        const part = rest.subarray(0, Math.min(left, rest.length));
        if (part.length === 0) return true;
        if (file && !file.write(part))
          await new Promise<void>((resolve) => file?.once('drain', () => resolve()));
        left -= part.length;
        rest = rest.subarray(part.length);
        if (left > 0) return true;
        await endFile();
      }
      if (padding > rest.length) return true;
      rest = rest.subarray(padding);
      padding = 0;
      if (rest.length < BLOCK) return true;
      const header = rest.subarray(0, BLOCK);
      rest = rest.subarray(BLOCK);
      if (header[0] === 0) {
        ended = true;
        continue;
      }
      const text = (from: number, length: number) =>
        header.toString('latin1', from, from + length).replace(/\0.*$/s, '');
      const name = text(0, 100);
      left = Number.parseInt(text(124, 12).trim() || '0', 8) || 0;
      padding = (BLOCK - (left % BLOCK)) % BLOCK;
      const [category, own] = [basename(dirname(name)), basename(name)];
      if (text(156, 1) === '2' && SAFE.test(own)) aliases.push(`${own} -> ${basename(text(157, 100))}`);
      if (!wanted.test(own) || left === 0) continue;
      const into = own === 'global_usage' ? folder : join(folder, SAFE.test(category) ? category : 'list');
      await mkdir(into, { recursive: true });
      file = createWriteStream(join(into, own));
      if (isList.test(own)) lists++;
    }
  });
  await endFile();
  if (!read.ok) return read;
  if (left > 0 || !ended)
    return { ok: false, code: 'truncated', message: 'is an archive that ends too early' };
  if (lists === 0)
    return { ok: false, code: 'no-list', message: 'is an archive without a list of UT1 (domains, urls)' };
  await writeFile(join(folder, 'SYMLINKS.txt'), aliases.map((line) => `${line}\n`).join(''));
  return { ok: true };
}

/** The folder that an archive holds, unpacked into `folder`; anything else stays where it is. */
export async function unpackedIfArchive(
  path: string,
  folder: string,
): Promise<{ ok: true; path: string } | { ok: false; code: string; message: string }> {
  if (!(await isTar(path))) return { ok: true, path };
  const into = join(folder, 'unpacked');
  const unpacked = await unpackUt1(path, into);
  if (!unpacked.ok) return unpacked;
  const { categories } = await ut1Tree(into);
  const [only] = categories;
  return { ok: true, path: categories.length === 1 && only ? join(into, only) : into };
}
