import { Hono } from 'hono';
import type { Approvals } from '../approvals/approvals.ts';
import { type Approvals as ApprovalsSaid, Approve, Consent } from '../approvals/wire.ts';
import { malformed, refuse } from '../refusal.ts';
import { bodyOf, sayIssue } from './asked.ts';
import type { ConsoleEnv } from './console-parts.ts';

type Parts = { approvals: Approvals; changed: () => void };

/** Approving well (FIELD T1–T6). Who may call what: `deeds.ts`. */
export function approvalRoutes({ approvals, changed }: Parts) {
  const app = new Hono<ConsoleEnv>();

  app.get('/approvals', async (c) =>
    c.json({ approvals: await approvals.all(c.get('person')) } satisfies ApprovalsSaid),
  );

  app.post('/approvals', async (c) => {
    const asked = Approve.safeParse(await bodyOf(c));
    if (!asked.success) return malformed(c, sayIssue(asked.error));
    const done = await approvals.approve(c.get('person'), asked.data);
    if (!done.ok) return refuse(c, done.status, done.code, done.message);
    changed();
    return c.json({ id: done.id });
  });

  app.post('/approvals/:id/consent', async (c) => {
    const said = Consent.safeParse(await bodyOf(c));
    if (!said.success) return malformed(c, sayIssue(said.error));
    const done = await approvals.consent(c.get('person'), c.req.param('id'), said.data);
    if (!done.ok) return refuse(c, done.status, done.code, done.message);
    changed();
    return c.json({ id: done.id });
  });

  app.post('/approvals/:id/end', async (c) => {
    const done = await approvals.end(c.get('person'), c.req.param('id'));
    if (!done.ok) return refuse(c, done.status, done.code, done.message);
    changed();
    return c.json({ id: done.id });
  });

  return app;
}
