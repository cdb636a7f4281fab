import { Hono } from 'hono';
import type { Me } from '../console-wire.ts';
import { tooMany } from '../rate.ts';
import { createSignInRate } from '../sign-in-rate.ts';
import { type ConsoleEnv, type ConsoleParts, requirePerson } from './console-parts.ts';

/** /console/auth/* (better-auth) and GET /console/api/me. */
export function signInRoutes({ people, rates, cookieSecret, now, schoolName }: ConsoleParts) {
  const app = new Hono<ConsoleEnv>();
  const tries = createSignInRate(rates, cookieSecret, now);

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
  app.on(['GET', 'POST'], '/auth/*', (c) => people.handle(c.req.raw));

  app.get('/api/me', requirePerson(people, true), async (c) => {
    const { name, email, role, mustChangePassword } = c.get('person');
    return c.json({ name, email, role, mustChangePassword, schoolName: await schoolName() } satisfies Me);
  });
  return app;
}
