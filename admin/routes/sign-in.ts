import { Hono } from 'hono';
import type { Me } from '../console-wire.ts';
import { authPaths } from '../people/auth.ts';
import { createRate, tooMany } from '../rate.ts';
import { notFound } from '../refusal.ts';
import { createSignInRate } from '../sign-in-rate.ts';
import { addressOf } from '../where-from.ts';
import type { ConsoleEnv, ConsoleParts } from './console-parts.ts';

/** Nobody guesses 79 bits; this keeps whoever tries from costing much, and from keeping others out. */
const codeTries = { burst: 60, perSecond: 1 };
const codeTriesOfAll = { burst: 1_200, perSecond: 20 };

/** /console/auth/*: what of better-auth can be reached (`admin/people/auth.ts`), and which ways in there are. */
export function signInRoutes({ people, rates, cookieSecret, now }: ConsoleParts) {
  const app = new Hono();
  const tries = createSignInRate(rates, cookieSecret, now);
  const takeCode = createRate(codeTries, now);
  const takeCodeOfAll = createRate(codeTriesOfAll, now);
  const takeGoogle = createRate(rates.signInsOfAddress, now);

  app.get('/auth/ways', (c) => c.json({ google: people.hasGoogle }));
  app.post('/auth/sign-in/email', async (c, next) => {
    const body: unknown = await c.req.raw
      .clone()
      .json()
      .catch(() => undefined);
    const email = typeof body === 'object' && body !== null && 'email' in body ? String(body.email) : '';
    const wait = await tries.take(c, email);
    if (wait > 0) return tooMany(c, wait);
    await next();
    if (c.res.ok) await tries.remember(c, email);
    return c.res;
  });
  app.on('POST', ['/auth/sign-in/day-pass', '/auth/sign-in/break-glass'], async (c, next) => {
    const wait = takeCode(`${c.req.path} ${addressOf(c)}`) || takeCodeOfAll(c.req.path);
    if (wait > 0) return tooMany(c, wait);
    return next();
  });
  // Each way to Google is kept for ten minutes, whether or not somebody comes back.
  app.post('/auth/sign-in/social', async (c, next) => {
    const wait = takeGoogle(addressOf(c));
    if (wait > 0) return tooMany(c, wait);
    return next();
  });
  app.on(
    ['GET', 'POST'],
    authPaths.map((path) => `/auth${path}`),
    (c) => people.handle(c.req.raw),
  );
  app.all('/auth/*', notFound);
  return app;
}

/** GET /console/api/me: who one is, and what is still missing. */
export function meRoutes({ people, schoolName }: ConsoleParts) {
  const app = new Hono<ConsoleEnv>();
  app.get('/me', async (c) => {
    const { id, name, email, role, mustChangePassword, ...person } = c.get('person');
    return c.json({
      name,
      email,
      role,
      mustChangePassword,
      schoolName: await schoolName(),
      secondFactor: person.lacksSecondFactor ? 'missing' : person.hasSecondFactor ? 'set-up' : 'not-needed',
      until: person.pass?.endsAt ?? null,
      notices: await people.breakGlass.noticesFor(id),
    } satisfies Me);
  });
  app.post('/notices/:id/seen', async (c) =>
    (await people.breakGlass.seen(c.req.param('id'), c.get('person').id))
      ? c.json({ ok: true })
      : notFound(c),
  );
  return app;
}
