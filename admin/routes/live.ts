import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Role } from '../console-wire.ts';
import { refuse } from '../refusal.ts';
import { may } from '../roles.ts';
import { type ConsoleEnv, type ConsoleParts, requirePerson } from './console-parts.ts';

/** Below the time-outs of usual proxies. */
const BEAT_MS = 20_000;

const mayListen = (role: Role): boolean =>
  may(role, 'see-inbox') || may(role, 'run-lessons') || may(role, 'answer-requests');

/**
 * GET /console/api/live: server-sent events; `changed` says that the inbox is worth reading again, `lessons` that
 * lessons and what pupils ask for are. Each goes to whoever may read them.
 */
export function liveRoutes({ people, live }: ConsoleParts) {
  const app = new Hono<ConsoleEnv>();
  app.get('/live', requirePerson(people), (c) => {
    const { role } = c.get('person');
    if (!mayListen(role)) return refuse(c, 403, 'not-your-role', 'Your role does not include this.');
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      const stopListening = live.listen({
        role,
        onEvent: (event) => void stream.writeSSE({ event, data: '' }),
        onClose: () => gone.abort(),
      });
      stream.onAbort(() => gone.abort());
      await stream.writeSSE({ event: 'ready', data: '' });
      while (await beat(gone.signal)) {
        // Whoever signed out or lost the role hears no more.
        const person = await people.whoAsks(c.req.raw.headers);
        if (!person || person.role !== role) break;
        await stream.writeSSE({ event: 'beat', data: '' });
      }
      stopListening();
    });
  });
  return app;
}

/** True after a while; false as soon as nobody listens any more. */
const beat = (gone: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (gone.aborted) return resolve(false);
    const timer = setTimeout(() => {
      gone.removeEventListener('abort', stop);
      resolve(true);
    }, BEAT_MS);
    timer.unref();
    const stop = () => {
      clearTimeout(timer);
      resolve(false);
    };
    gone.addEventListener('abort', stop, { once: true });
  });
