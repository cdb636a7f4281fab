import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** As it travels. The largest list that we know of is a sixth of this. */
const AT_MOST = 200_000_000;
const WITHIN_MS = 10 * 60_000;

export type Downloaded =
  | { ok: true; state: 'new'; etag: string | null; lastModified: string | null }
  | { ok: true; state: 'same' }
  | { ok: false; code: 'unreachable' | 'refused' | 'too-large' | 'truncated'; message: string };

/**
 * Fetches a list into a file, unless it is as it was. Bounded in size and time; an answer shorter than it said, or
 * cut off, is refused.
 */
export async function download(
  { url, etag, lastModified }: { url: string; etag: string | null; lastModified: string | null },
  file: string,
  { fetching, signal }: { fetching: typeof fetch; signal: AbortSignal },
): Promise<Downloaded> {
  let answer: Response;
  try {
    answer = await fetching(url, {
      headers: {
        // Packed by the way, a cut could not be told from the end.
        'accept-encoding': 'identity',
        'user-agent': 'Keystage',
        ...(etag ? { 'if-none-match': etag } : {}),
        ...(lastModified ? { 'if-modified-since': lastModified } : {}),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]),
    });
  } catch (error) {
    return { ok: false, code: 'unreachable', message: `cannot be reached: ${reasonOf(error)}` };
  }
  if (answer.status === 304) return { ok: true, state: 'same' };
  if (answer.status !== 200 || !answer.body) {
    await answer.body?.cancel();
    return { ok: false, code: 'refused', message: `the server answered ${answer.status}` };
  }
  const said = answer.headers.has('content-encoding') ? null : answer.headers.get('content-length');
  let size = 0;
  try {
    await pipeline(
      Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]),
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          size += chunk.length;
          if (size > AT_MOST) throw tooLarge;
          yield chunk;
        }
      },
      createWriteStream(file),
    );
  } catch (error) {
    if (error === tooLarge)
      return { ok: false, code: 'too-large', message: `is larger than ${AT_MOST / 1e6} megabytes` };
    return { ok: false, code: 'truncated', message: `was cut off: ${reasonOf(error)}` };
  }
  if (said !== null && Number(said) !== size)
    return { ok: false, code: 'truncated', message: `${size} bytes came of ${said}` };
  return {
    ok: true,
    state: 'new',
    etag: answer.headers.get('etag'),
    lastModified: answer.headers.get('last-modified'),
  };
}

const tooLarge = new Error('too large');

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
