import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { may } from '../roles.ts';
import { type ConsoleEnv, type ConsoleParts, requireDeed, requirePerson } from './console-parts.ts';

/** Below the time-outs of usual proxies. */
const BEAT_MS = 20_000;

/** GET /console/api/live: server-sent events; each `changed` says that the inbox is worth reading again. */
export function liveRoutes({ people, live }: ConsoleParts) {
  const app = new Hono<ConsoleEnv>();
  app.get('/live', requirePerson(people), requireDeed('see-inbox'), (c) => {
    const { role } = c.get('person');
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      const stopListening = live.listen(
        role,
        () => void stream.writeSSE({ event: 'changed', data: '' }),
        () => gone.abort(),
      );
      stream.onAbort(() => gone.abort());
      await stream.writeSSE({ event: 'ready', data: '' });
      while (await beat(gone.signal)) {
        // Whoever signed out or lost the role hears no more.
        const person = await people.whoAsks(c.req.raw.headers);
        if (!person || person.role !== role || !may(person.role, 'see-inbox')) break;
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
