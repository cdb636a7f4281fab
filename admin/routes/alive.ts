import { Hono } from 'hono';
import { type Log, plainError } from '../log.ts';
import { refuse } from '../refusal.ts';
import { writeStanding } from '../store/standing.ts';
import type { Store } from '../store/tables.ts';

/** Anybody may ask, and a commit costs a flush of the disk. */
const FRESH_MS = 5_000;

/**
 * GET /health, for a monitor: 200 if the database could be written within the last seconds, else 503. It says nothing
 * else. One write serves everybody who asks meanwhile.
 */
export function createAliveRoutes(store: Store, now: () => Date, log: Log) {
  let last: { at: number; canWrite: Promise<boolean> } | undefined;

  function canWrite(): Promise<boolean> {
    const at = now().getTime();
    if (!last || Math.abs(at - last.at) >= FRESH_MS)
      last = {
        at,
        canWrite: writeStanding(store, 'written', new Date(at).toISOString()).then(
          () => true,
          (error) => {
            log.error({ error: plainError(error) }, 'the database cannot be written');
            return false;
          },
        ),
      };
    return last.canWrite;
  }

  return new Hono().get('/health', async (c) => {
    c.header('Cache-Control', 'no-store');
    return (await canWrite())
      ? c.json({ ok: true })
      : refuse(c, 503, 'cannot-write', 'The database cannot be written.');
  });
}
