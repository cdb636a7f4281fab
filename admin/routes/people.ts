import { type Context, Hono } from 'hono';
import type { Actor } from '../people/actor.ts';
import { mayAppoint } from '../people/actor.ts';
import type { StaffRefusal } from '../people/staff.ts';
import { GivenRole, NewPerson, NewRole, type PeopleList } from '../people/wire.ts';
import { malformed, notFound, refuse } from '../refusal.ts';
import type { ConsoleEnv, ConsoleParts } from './console-parts.ts';

const sentences: Record<StaffRefusal | 'known-email', string> = {
  'no-person': 'There is nobody here.',
  yourself: 'Nobody changes their own account.',
  'above-you': 'A role that does more than yours is given by the principal.',
  'last-principal': 'This is the only principal: add another one first.',
  'told-of-break-glass': 'The break-glass account tells this person: seal it again with another one first.',
  deactivated: 'This person is deactivated.',
  'known-email': 'Somebody with this e-mail address is there already.',
};

/** Who works here and may do what: GET /people, and what the principal and SLT change about it. */
export function peopleRoutes({ people }: Pick<ConsoleParts, 'people'>) {
  const app = new Hono<ConsoleEnv>();
  const { staff } = people;

  app.get('/people', async (c) => {
    const asks = actorOf(c);
    const sealed = await people.breakGlass.standing();
    return c.json({
      people: await people.list(asks),
      roles: GivenRole.options.filter((role) => mayAppoint(asks, role)),
      secondFactor: people.secondFactor,
      breakGlass: sealed ? { tells: sealed.name, madeAt: sealed.madeAt } : null,
    } satisfies PeopleList);
  });

  app.post('/people', async (c) => {
    const read = NewPerson.safeParse(await bodyOf(c));
    if (!read.success) return malformed(c, 'A person has a name, an e-mail address and a role.');
    return answer(c, await staff.add(read.data, actorOf(c)));
  });

  app.post('/people/:id/role', async (c) => {
    const read = NewRole.safeParse(await bodyOf(c));
    if (!read.success) return malformed(c, 'This is no role that a person can be given.');
    return answer(c, await staff.changeRole(c.req.param('id'), read.data.role, actorOf(c)));
  });
  app.post('/people/:id/deactivate', async (c) =>
    answer(c, await staff.deactivate(c.req.param('id'), actorOf(c))),
  );
  app.post('/people/:id/reset', async (c) => answer(c, await staff.reset(c.req.param('id'), actorOf(c))));
  app.post('/people/:id/reset-second-factor', async (c) =>
    answer(c, await staff.resetSecondFactor(c.req.param('id'), actorOf(c))),
  );
  return app;
}

type Changed = { ok: true; oneTimePassword?: string } | { ok: false; code: StaffRefusal | 'known-email' };

function answer(c: Context, changed: Changed) {
  if (!changed.ok)
    return changed.code === 'no-person' ? notFound(c) : refuse(c, 409, changed.code, sentences[changed.code]);
  const { oneTimePassword } = changed;
  return c.json(oneTimePassword === undefined ? { ok: true } : { oneTimePassword });
}

/** Whoever is signed in, as the one who changes something. */
export const actorOf = (c: Context<ConsoleEnv>): Actor => {
  const { id, name, role } = c.get('person');
  return { id, name, role };
};

export const bodyOf = (c: Context): Promise<unknown> => c.req.json().catch(() => undefined);
