import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import { pino } from 'pino';

/** The log knows no page address, title, name or token: routes are logged by their pattern. */
export const createLog = (level: string) => pino({ level, base: null }, pino.destination(2));
export type Log = Pick<ReturnType<typeof createLog>, 'info' | 'warn' | 'error'>;

/** What of an error may be logged: its kind and place. Messages of a database or a mail server can hold content. */
export function plainError(error: unknown): { name: string; code?: string; stack?: string } {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  const stack = error.stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8)
    .join('\n');
  return { name: error.name, ...(code && { code }), ...(stack && { stack }) };
}

/** One line for each request: the pattern of its route, never its address, its headers or its body. */
export const logRequests = (log: Log) =>
  createMiddleware(async (c, next) => {
    const startedAt = performance.now();
    await next();
    const ms = Math.round(performance.now() - startedAt);
    const patterns = matchedRoutes(c).map(({ path }) => path);
    const route = patterns.findLast((path) => !path.endsWith('*')) ?? patterns.at(-1);
    log.info({ method: c.req.method, route, status: c.res.status, ms }, 'request');
  });
