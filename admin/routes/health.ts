import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { Health } from '../../rules/wire.ts';
import type { DeviceEnv } from '../device-auth.ts';
import { limitBody } from '../refusal.ts';
import { keepHealth } from '../store/seats.ts';
import type { DeviceParts } from './device-parts.ts';
import { answers, jsonBody, refuseBadBody } from './openapi.ts';

const health = createRoute({
  method: 'post',
  path: '/health',
  summary: 'What a seat says of itself: what it downloaded, what is in force, what it refused.',
  security: [{ seat: [] }],
  request: { body: jsonBody(Health) },
  responses: answers(z.object({ status: z.literal('stored') }), {
    400: 'malformed',
    401: 'unknown-seat',
    413: 'too-large',
    429: 'too-many',
  }),
});

/** POST /v1/health: the newest word of a seat replaces the one before. */
export function healthRoutes({ requireSeat, store, now, here }: DeviceParts) {
  const app = new OpenAPIHono<DeviceEnv>({ defaultHook: refuseBadBody });
  app.use('/health', requireSeat, limitBody(65_536));
  return app.openapi(health, async (c) => {
    const said = c.req.valid('json');
    await keepHealth(store, c.get('seat'), said, now());
    here.told(c.get('seat'), said.inForce);
    return c.json({ status: 'stored' as const }, 200);
  });
}
