import type { Hook } from '@hono/zod-openapi';
import type { z } from 'zod';
import { Refusal } from '../../rules/wire.ts';
import { issuesOf } from '../plain-issues.ts';
import { refuse } from '../refusal.ts';

export const json = <T extends z.ZodType>(schema: T) => ({ 'application/json': { schema } });

export const jsonBody = <T extends z.ZodType>(schema: T) => ({ content: json(schema), required: true });

type RefusalStatus = 400 | 401 | 403 | 404 | 413 | 429;

/** The answers of a route: its schema, and for each refusal the stable code. */
export const answers = <T extends z.ZodType, S extends RefusalStatus>(
  schema: T,
  refusals: Record<S, string>,
) => ({
  200: { description: 'done', content: json(schema) },
  ...refusalsOf(refusals),
});

export const refusalsOf = <S extends RefusalStatus>(refusals: Record<S, string>) =>
  Object.fromEntries(
    Object.entries<string>(refusals).map(([status, code]) => [
      status,
      { description: code, content: json(Refusal) },
    ]),
  ) as { [K in S]: { description: string; content: ReturnType<typeof json<typeof Refusal>> } };

/** A body, parameter or query that is not what the route expects: 400 `malformed`, with the place and no content. */
// biome-ignore lint/suspicious/noExplicitAny: the hook serves every route, whatever its input
export const refuseBadBody: Hook<any, any, any, any> = (result, c) => {
  if (result.success) return;
  const [first] = issuesOf(result.error as z.ZodError);
  return refuse(c, 400, 'malformed', `The request is not as expected at "${first?.path ?? ''}".`);
};
