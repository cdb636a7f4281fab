import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ReadableStream as WebStream } from 'node:stream/web';

type FromDisk = { body: ReadableStream<Uint8Array<ArrayBuffer>>; bytes: number };

const PIECE = 131_072;

/**
 * A file as an answer, read as fast as it is taken: whoever asks a thousand times and takes nothing fills no memory.
 * Null if there is no such file. It is opened when its first piece is wanted, so nothing stays open that nobody reads.
 */
export async function fromDisk(path: string): Promise<FromDisk | null> {
  const there = await stat(path).catch(() => null);
  if (!there?.isFile()) return null;
  return { body: WebStream.from(piecesOf(path)) as FromDisk['body'], bytes: there.size };
}

async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: PIECE });
}
