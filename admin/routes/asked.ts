import type { Context } from 'hono';
import type { z } from 'zod';

/** The body as JSON, or undefined if it is none. */
export const bodyOf = (c: Context): Promise<unknown> => c.req.json().catch(() => undefined);

/** The first thing that is wrong in what was asked, with its place. */
export const sayIssue = (error: z.ZodError): string => {
  const [first] = error.issues;
  return first ? `${first.path.map(String).join('.') || 'body'}: ${first.message}` : 'This cannot be read.';
};
