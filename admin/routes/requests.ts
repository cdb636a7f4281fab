import { Hono } from 'hono';
import { malformed, notFound, refuse } from '../refusal.ts';
import type { Requests } from '../requests/answer.ts';
import type { Homework } from '../requests/homework.ts';
import { AnswerRequest, type Requests as RequestsSaid, SetHomework } from '../requests/wire.ts';
import { bodyOf, sayIssue } from './asked.ts';
import type { ConsoleEnv } from './console-parts.ts';

type Parts = { requests: Requests; homework: Homework; now: () => Date; changed: () => void };

/** Pupils' requests and their answers; homework. Who may call what: `deeds.ts`. */
export function requestRoutes({ requests, homework, now, changed }: Parts) {
  const app = new Hono<ConsoleEnv>();

  app.get('/requests', async (c) =>
    c.json({
      requests: await requests.waiting(c.get('person')),
      stillClosed: await requests.stillClosed(c.get('person')),
      now: now().toISOString(),
    } satisfies RequestsSaid),
  );

  app.post('/requests/:id/look', async (c) => {
    const looked = await requests.look(c.get('person'), c.req.param('id'));
    return looked.ok ? c.json(looked.look) : refuse(c, looked.status, looked.code, looked.message);
  });

  app.post('/requests/:id/answer', async (c) => {
    const said = AnswerRequest.safeParse(await bodyOf(c));
    if (!said.success) return malformed(c, sayIssue(said.error));
    const done = await requests.answer(c.get('person'), c.req.param('id'), said.data);
    if (!done.ok) return refuse(c, done.status, done.code, done.message);
    changed();
    return c.json({ answered: true });
  });

  app.get('/homework', async (c) => c.json(await homework.all(c.get('person'))));

  app.post('/homework', async (c) => {
    const asked = SetHomework.safeParse(await bodyOf(c));
    if (!asked.success) return malformed(c, sayIssue(asked.error));
    const done = await homework.set(c.get('person'), asked.data);
    if (!done.ok) return refuse(c, done.status, done.code, done.message);
    changed();
    return c.json({ id: done.id });
  });

  app.post('/homework/:id/end', async (c) => {
    if (!(await homework.end(c.get('person'), c.req.param('id')))) return notFound(c);
    changed();
    return c.json({ ended: true });
  });

  return app;
}
