import { Hono } from 'hono';
import { malformed, refuse } from '../refusal.ts';
import type { Unblocks } from '../unblocks/unblocks.ts';
import { AskUnblock, DecideUnblock, type Unblocks as UnblocksSaid } from '../unblocks/wire.ts';
import { bodyOf, sayIssue } from './asked.ts';
import type { ConsoleEnv } from './console-parts.ts';

type Parts = { unblocks: Unblocks; now: () => Date; changed: () => void };

/** Unblocking for a period of study (FIELD U1, U2). Who may call what: `deeds.ts`. */
export function unblockRoutes({ unblocks, now, changed }: Parts) {
  const app = new Hono<ConsoleEnv>();

  app.get('/unblocks', async (c) =>
    c.json({
      unblocks: await unblocks.all(c.get('person')),
      now: now().toISOString(),
    } satisfies UnblocksSaid),
  );

  app.post('/unblocks', async (c) => {
    const asked = AskUnblock.safeParse(await bodyOf(c));
    if (!asked.success) return malformed(c, sayIssue(asked.error));
    const done = await unblocks.ask(c.get('person'), asked.data);
    if (!done.ok) return refuse(c, done.status, done.code, done.message);
    // Whoever decides is told at once.
    changed();
    return c.json({ id: done.id });
  });

  app.post('/unblocks/:id/decide', async (c) => {
    const said = DecideUnblock.safeParse(await bodyOf(c));
    if (!said.success) return malformed(c, sayIssue(said.error));
    const done = await unblocks.decide(c.get('person'), c.req.param('id'), said.data);
    if (!done.ok) return refuse(c, done.status, done.code, done.message);
    changed();
    return c.json({ id: done.id });
  });

  app.post('/unblocks/:id/end', async (c) => {
    const done = await unblocks.end(c.get('person'), c.req.param('id'));
    if (!done.ok) return refuse(c, done.status, done.code, done.message);
    changed();
    return c.json({ id: done.id });
  });

  return app;
}
