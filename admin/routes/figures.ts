import { Hono } from 'hono';
import { readFigures } from '../figures.ts';
import type { ConsoleEnv, ConsoleParts } from './console-parts.ts';

/** GET /figures: counts per week, for governors too. No child, no address, and nothing about fewer than three. */
export function figureRoutes({ store, document, now }: ConsoleParts) {
  const app = new Hono<ConsoleEnv>();
  app.get('/figures', async (c) => {
    const policy = await document('policy');
    const timeZone: string = policy ? JSON.parse(policy.body).timeZone : 'Europe/London';
    return c.json(await readFigures(store, timeZone, now()));
  });
  return app;
}
