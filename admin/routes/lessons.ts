import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import { createHold, maySee } from '../lessons/may-run.ts';
import type { LessonChanged } from '../lessons/parts.ts';
import type { Refused } from '../lessons/refused.ts';
import { lessonOf } from '../lessons/store.ts';
import { ChangeLesson, StartLesson } from '../lessons/wire.ts';
import { issuesOf } from '../plain-issues.ts';
import { malformed, refuse } from '../refusal.ts';
import { type ConsoleEnv, type ConsoleParts, requireDeed, requirePerson } from './console-parts.ts';

/** Classes and lessons, under /console/api: `admin/lessons/wire.ts` is what they say. */
export function lessonRoutes({ people, store, lessons, cards, classLists }: ConsoleParts) {
  const app = new Hono<ConsoleEnv>();
  for (const path of ['/classes', '/lessons', '/lessons/*'])
    app.use(path, requirePerson(people), requireDeed('run-lessons'));

  app.get('/classes', async (c) => {
    const policy = await lessons.policyNow();
    if (!policy) return refuse(c, 404, 'no-policy', 'No policy is published yet.');
    return c.json(await cards.classes(c.get('person'), policy, await lessons.liveNow()));
  });

  app.post('/lessons', async (c) => {
    const asked = await read(c, StartLesson);
    if (!asked.ok) return malformed(c, asked.message);
    return answer(c, await lessons.start(c.get('person'), asked.value));
  });

  app.get('/lessons/:id', async (c) => {
    const found = await toSee(c);
    return found ? card(c, found) : noLesson(c);
  });

  app.post('/lessons/:id', async (c) => {
    const asked = await read(c, ChangeLesson);
    if (!asked.ok) return malformed(c, asked.message);
    return answer(c, await lessons.change(c.get('person'), c.req.param('id'), asked.value));
  });

  app.get('/lessons/:id/seats', async (c) => {
    const found = await toSee(c);
    const policy = await lessons.policyNow();
    if (!found || !policy) return noLesson(c);
    return c.json(await cards.seats(found, policy));
  });

  type Asking = Context<ConsoleEnv>;

  /** The lesson that is asked for, if this person may know of it. */
  async function toSee(c: Asking) {
    const lesson = await lessonOf(store, c.req.param('id') ?? '');
    const person = c.get('person');
    return lesson && maySee(lesson, person, await createHold(classLists, person)) ? lesson : undefined;
  }

  async function answer(c: Asking, changed: LessonChanged) {
    return changed.ok ? card(c, changed.lesson) : refuseAs(c, changed);
  }

  async function card(c: Asking, lesson: (LessonChanged & { ok: true })['lesson']) {
    const policy = await lessons.policyNow();
    if (!policy) return refuse(c, 404, 'no-policy', 'No policy is published yet.');
    return c.json(await cards.lesson(lesson, c.get('person'), policy, await lessons.liveNow()));
  }
  return app;
}

const noLesson = (c: Context) => refuse(c, 404, 'no-lesson', 'There is no such lesson.');

const refuseAs = (c: Context, { status, code, message }: Refused) => refuse(c, status, code, message);

/** The body, or what is wrong in it and where. */
async function read<T extends z.ZodType>(
  c: Context,
  schema: T,
): Promise<{ ok: true; value: z.infer<T> } | { ok: false; message: string }> {
  const asked = schema.safeParse(await c.req.json().catch(() => undefined));
  if (asked.success) return { ok: true, value: asked.data };
  const [first] = issuesOf(asked.error);
  return {
    ok: false,
    message: `${first?.path || 'The request'}: ${first?.problem ?? 'is not as expected'}.`,
  };
}
