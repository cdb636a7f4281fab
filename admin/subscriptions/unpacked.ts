import { constants, createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Unpacked. A million names are twenty megabytes; a bomb is stopped here. */
const AT_MOST = 1_000_000_000;

export type FileRefused = {
  ok: false;
  code: 'no-file' | 'truncated' | 'too-large' | 'no-list';
  message: string;
};

/**
 * Gives a file's bytes to `take`, unpacked if it is gzip (by its first bytes, not its name). `take` answers false when
 * it has seen enough. Memory is bounded by a chunk.
 */
export async function readUnpacked(
  path: string,
  take: (bytes: Buffer) => boolean | Promise<boolean>,
): Promise<{ ok: true } | FileRefused> {
  const begins = await firstBytes(path);
  if (!begins) return { ok: false, code: 'no-file', message: `${path} cannot be read` };
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const isGzip = begins[0] === 0x1f && begins[1] === 0x8b;
  // An error reaches whoever reads the last stream; here it needs no second answer.
  const stream = isGzip ? pipeline(file, createGunzip({ chunkSize: 1 << 18 }), () => {}) : file;
  let size = 0;
  try {
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      size += bytes.length;
      if (size > AT_MOST)
        return { ok: false, code: 'too-large', message: `is larger than ${AT_MOST / 1e6} megabytes` };
      if (!(await take(bytes))) break;
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    return { ok: false, code: 'truncated', message: `is cut off or damaged: ${why}` };
  } finally {
    file.destroy();
  }
  return { ok: true };
}

async function firstBytes(path: string): Promise<Buffer | null> {
  try {
    // A pipe would be waited for, for ever.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      if (!(await file.stat()).isFile()) return null;
      const bytes = Buffer.alloc(2);
      await file.read(bytes, 0, 2, 0);
      return bytes;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
