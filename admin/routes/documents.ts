import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { DeviceEnv } from '../device-auth.ts';
import { refuse } from '../refusal.ts';
import type { DeviceParts } from './device-parts.ts';
import { refusalsOf, refuseBadBody } from './openapi.ts';

const documentRoute = <K extends 'policy' | 'catalogue' | 'orders'>(kind: K) =>
  createRoute({
    method: 'get',
    path: `/${kind}` as const,
    summary: kind === 'orders' ? 'The orders for this seat, signed.' : `The ${kind} in force, signed.`,
    security: [{ seat: [] }],
    responses: {
      200: {
        description: `compact JWS (Ed25519, typ keystage-${kind}+jwt), with a strong ETag`,
        content: { 'application/jose': { schema: z.string() } },
      },
      304: { description: 'what If-None-Match names is in force' },
      ...refusalsOf({ 401: 'unknown-seat', 404: 'no-document', 429: 'too-many' }),
    },
  });

/** GET /v1/policy, /v1/catalogue, /v1/orders. */
export function documentRoutes({ requireSeat, document, orders, here }: DeviceParts) {
  const app = new OpenAPIHono<DeviceEnv>({ defaultHook: refuseBadBody });
  for (const kind of ['policy', 'catalogue', 'orders'] as const) {
    app.use(`/${kind}`, requireSeat);
    app.openapi(documentRoute(kind), async (c) => {
      if (kind === 'orders') here.heard(c.get('seat'));
      const found = await (kind === 'orders' ? orders.for(c.get('seat')) : document(kind));
      if (!found) return refuse(c, 404, 'no-document', `No ${kind} has been published yet.`);
      const headers = { ETag: found.etag, 'Cache-Control': 'no-cache' };
      if (isNamed(c.req.header('if-none-match'), found.etag)) return c.body(null, 304, headers);
      return c.body(found.jws, 200, { ...headers, 'Content-Type': 'application/jose' });
    });
  }
  return app;
}

/** RFC 9110 §13.1.2: a list of tags, compared weakly, or `*`. */
export const isNamed = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
