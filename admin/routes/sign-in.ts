import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import type { Me } from '../console-wire.ts';
import { createRate, tooMany } from '../rate.ts';
import { type ConsoleEnv, type ConsoleParts, requirePerson } from './console-parts.ts';

/** /console/auth/* (better-auth) and GET /console/api/me. */
export function signInRoutes({ people, rates, now, schoolName }: ConsoleParts) {
  const app = new Hono<ConsoleEnv>();
  const takeTry = createRate(rates.signIns, now);

  app.post('/auth/sign-in/email', async (c, next) => {
    const body: unknown = await c.req.raw
      .clone()
      .json()
      .catch(() => undefined);
    const email = typeof body === 'object' && body !== null && 'email' in body ? String(body.email) : '';
    const wait = takeTry(createHash('sha256').update(email.trim().toLowerCase()).digest('hex'));
    if (wait > 0) return tooMany(c, wait);
    return next();
  });
  app.on(['GET', 'POST'], '/auth/*', (c) => people.handle(c.req.raw));

  app.get('/api/me', requirePerson(people, true), async (c) => {
    const { name, email, role, mustChangePassword } = c.get('person');
    return c.json({ name, email, role, mustChangePassword, schoolName: await schoolName() } satisfies Me);
  });
  return app;
}
