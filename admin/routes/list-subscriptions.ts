import { Hono } from 'hono';
import { CategoryId } from '../../rules/categories.ts';
import { malformed, refuse } from '../refusal.ts';
import { readStanding } from '../store/standing.ts';
import type { Subscription } from '../store/subscriptions.ts';
import type { Store } from '../store/tables.ts';
import type { Lists } from '../subscriptions/subscriptions.ts';
import { Except, type ListLine, type ListsSaid, Settle, type WaitingSaid } from '../subscriptions/wire.ts';
import { bodyOf, sayIssue } from './asked.ts';
import type { ConsoleEnv } from './console-parts.ts';

type Parts = { store: Store; lists: Lists };

/** The lists that the school takes from elsewhere: what waits for a person, and what was left out. */
export function listSubscriptionRoutes({ store, lists }: Parts) {
  const app = new Hono<ConsoleEnv>();

  app.get('/lists', async (c) => {
    const all = await lists.all();
    const upstream = await readStanding(store, 'upstream');
    return c.json({
      upstream: typeof upstream === 'string' ? upstream : null,
      lists: await Promise.all(all.map(async (one) => lineOf(one, await lists.exceptions(one.id)))),
    } satisfies ListsSaid);
  });

  app.get('/lists/:id/waiting', async (c) => {
    const clashes = await lists.clashesOfWaiting(c.req.param('id'));
    if (!clashes) return refuse(c, 404, 'nothing-waits', 'No version of this list waits.');
    return c.json({
      clashes: clashes.map(({ host, site, from, excepted }) => ({ host, site, from, excepted })),
    } satisfies WaitingSaid);
  });

  app.post('/lists/:id/settle', async (c) => {
    const said = Settle.safeParse(await bodyOf(c));
    if (!said.success) return malformed(c, sayIssue(said.error));
    const { accept, sha256 } = said.data;
    const settled = await lists.settle(c.req.param('id'), accept, c.get('person').email, sha256);
    if (!settled) return refuse(c, 409, 'nothing-waits', 'This version does not wait any more.');
    return c.json({ ok: true });
  });

  app.post('/lists/:id/except', async (c) => {
    const said = Except.safeParse(await bodyOf(c));
    if (!said.success) return malformed(c, sayIssue(said.error));
    const { host, closed } = said.data;
    if (!(await lists.revoke(c.req.param('id'), host, closed, c.get('person').email)))
      return refuse(c, 404, 'no-exception', 'This is no exception of the list.');
    return c.json({ ok: true });
  });
  return app;
}

function lineOf(one: Subscription, exceptions: Awaited<ReturnType<Lists['exceptions']>>): ListLine {
  const { id, category, url, everyHours, mayDiffer, checkedAt, live, waiting, problem } = one;
  const [, code = '', message = ''] = /^([\w-]+): (.*)$/s.exec(problem ?? '') ?? [];
  return {
    id,
    category: CategoryId.parse(category),
    url,
    everyHours,
    mayDiffer,
    checkedAt,
    problem: problem === null ? null : { code: code || 'other', message: message || problem },
    live,
    waiting,
    exceptions: exceptions.map(({ host, site, from, by, revokedAt }) => ({
      host,
      site,
      from,
      by,
      closed: revokedAt !== null,
    })),
  };
}
