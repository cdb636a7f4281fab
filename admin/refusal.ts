import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Refusal } from '../rules/wire.ts';
import { type Log, plainError } from './log.ts';

/** Answers with a stable code for programs and a sentence for people. */
export const refuse = <Status extends ContentfulStatusCode>(
  c: Context,
  status: Status,
  code: string,
  message: string,
) => c.json({ code, message } satisfies Refusal, status);

export const notFound = (c: Context) => refuse(c, 404, 'not-found', 'There is nothing at this address.');

export const malformed = (c: Context, what: string) => refuse(c, 400, 'malformed', what);

/** The last resort: whatever went wrong inside stays inside. */
export const onError = (log: Log) => (error: Error, c: Context) => {
  if (error instanceof HTTPException && error.status < 500)
    return refuse(c, error.status, 'malformed', 'The request could not be read.');
  log.error({ error: plainError(error), method: c.req.method }, 'request failed');
  return refuse(c, 500, 'broken', 'Something went wrong here. Please try again.');
};

export const limitBody = (maxBytes: number) =>
  bodyLimit({
    maxSize: maxBytes,
    onError: (c) => refuse(c, 413, 'too-large', `At most ${maxBytes} bytes at a time.`),
  });

/** The same, but for paths that take files. */
export const limitBodyUnless = (
  maxBytes: number,
  paths: readonly string[],
  forPaths: number,
): MiddlewareHandler => {
  const [usual, larger] = [limitBody(maxBytes), limitBody(forPaths)];
  return (c, next) => (paths.includes(c.req.path) ? larger : usual)(c, next);
};
