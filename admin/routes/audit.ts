import { Hono } from 'hono';
import { z } from 'zod';
import { malformed } from '../refusal.ts';
import { readAuditPage } from '../store/audit-page.ts';
import type { ConsoleEnv, ConsoleParts } from './console-parts.ts';

const Question = z.object({
  person: z.string().max(100).optional(),
  act: z.string().max(60).optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** GET /audit: who did what, and when. */
export function auditRoutes({
  store,
  lessons,
  classLists,
}: Pick<ConsoleParts, 'store' | 'lessons' | 'classLists'>) {
  const app = new Hono<ConsoleEnv>();
  app.get('/audit', async (c) => {
    const asked = Question.safeParse(c.req.query());
    if (!asked.success) return malformed(c, 'The audit was asked for in a way it does not know.');
    const classes = await classLists.classes(await lessons.policyNow());
    const names = new Map(classes.map(({ id, name }) => [id, name]));
    const nameOf = (group: string) => names.get(group) ?? group;
    return c.json(await readAuditPage(store, c.get('person').role, asked.data, nameOf));
  });
  return app;
}
