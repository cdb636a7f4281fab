import { Hono } from 'hono';
import type { Policy } from '../../rules/policy.ts';
import { isPupil } from '../../rules/stages.ts';
import { allClasses } from '../groups/classes.ts';
import { schoolEndsAt } from '../people/school-day.ts';
import { type DayPassList, NewDayPass } from '../people/wire.ts';
import { malformed, notFound, refuse } from '../refusal.ts';
import type { ConsoleEnv, ConsoleParts } from './console-parts.ts';
import { actorOf, bodyOf } from './people.ts';

/** Passes for supply staff: who has one today, give one, another code, end one. */
export function dayPassRoutes({ people, store, document, now }: ConsoleParts) {
  const app = new Hono<ConsoleEnv>();
  const { dayPasses } = people;
  const policyNow = async (): Promise<Policy | null> => {
    const published = await document('policy');
    return published ? JSON.parse(published.body) : null;
  };

  app.get('/day-passes', async (c) => {
    const policy = await policyNow();
    const classes = await allClasses(store, policy);
    return c.json({
      passes: await dayPasses.all(),
      groups: classes.filter(({ stage }) => isPupil(stage)).map(({ id, name }) => ({ id, name })),
      schoolEndsAt: policy && schoolEndsAt(policy, now()),
    } satisfies DayPassList);
  });

  app.post('/day-passes', async (c) => {
    const read = NewDayPass.safeParse(await bodyOf(c));
    if (!read.success) return malformed(c, 'A day pass has a name, classes and an end.');
    const known = new Set((await allClasses(store, await policyNow())).map(({ id }) => id));
    if (!read.data.groups.every((group) => known.has(group)))
      return refuse(c, 409, 'no-group', 'One of these classes is not there.');
    const given = await dayPasses.give(read.data, actorOf(c));
    return given.ok
      ? c.json({ code: given.code })
      : refuse(c, 409, given.code, 'A day pass ends within a day, and not in the past.');
  });

  app.post('/day-passes/:id/code', async (c) => {
    const renewed = await dayPasses.renew(c.req.param('id'), actorOf(c));
    return renewed.ok ? c.json({ code: renewed.code }) : notFound(c);
  });

  app.post('/day-passes/:id/end', async (c) =>
    (await dayPasses.end(c.req.param('id'), actorOf(c))) ? c.json({ ok: true }) : notFound(c),
  );
  return app;
}
