import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { NetworkClosed } from '../../rules/wire.ts';
import type { DeviceEnv } from '../device-auth.ts';
import { limitBody } from '../refusal.ts';
import type { DeviceParts } from './device-parts.ts';
import { answers, jsonBody, refuseBadBody } from './openapi.ts';

const networkClosed = createRoute({
  method: 'post',
  path: '/network-closed',
  summary: 'What a grant opened is still closed by the school’s network filter.',
  security: [{ seat: [] }],
  request: { body: jsonBody(NetworkClosed) },
  responses: answers(z.object({ status: z.enum(['told', 'not-known']) }), {
    400: 'malformed',
    401: 'unknown-seat',
    413: 'too-large',
    429: 'too-many',
  }),
});

/** POST /v1/network-closed: whoever opened it sees it. */
export function networkClosedRoutes({ requireSeat, hearNetworkClosed }: DeviceParts) {
  const app = new OpenAPIHono<DeviceEnv>({ defaultHook: refuseBadBody });
  app.use('/network-closed', requireSeat, limitBody(4_096));
  return app.openapi(networkClosed, async (c) => {
    const { grant, host } = c.req.valid('json');
    const told = await hearNetworkClosed(c.get('seat'), grant, host);
    return c.json({ status: told ? ('told' as const) : ('not-known' as const) }, 200);
  });
}
