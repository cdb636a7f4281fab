import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { listPath } from '../catalogue.ts';
import type { DeviceEnv } from '../device-auth.ts';
import { refuse } from '../refusal.ts';
import type { DeviceParts } from './device-parts.ts';
import { isNamed } from './documents.ts';
import { refusalsOf, refuseBadBody } from './openapi.ts';

const list = createRoute({
  method: 'get',
  path: '/lists/{sha256}',
  summary: 'A list of the catalogue, by the hash of its text: one host a line. It never changes.',
  security: [{ seat: [] }],
  request: { params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }) },
  responses: {
    200: { description: 'the list', content: { 'text/plain': { schema: z.string() } } },
    304: { description: 'the device has it' },
    ...refusalsOf({ 400: 'malformed', 401: 'unknown-seat', 404: 'no-list', 429: 'too-many' }),
  },
});

/** GET /v1/lists/<sha256>. */
export function listRoutes({ requireSeat, places }: DeviceParts) {
  const app = new OpenAPIHono<DeviceEnv>({ defaultHook: refuseBadBody });
  app.use('/lists/*', requireSeat);
  return app.openapi(list, async (c) => {
    const { sha256 } = c.req.valid('param');
    const path = listPath(places.lists, sha256);
    if (!existsSync(path)) return refuse(c, 404, 'no-list', 'There is no list with this hash.');
    const headers = {
      ETag: `"${sha256}"`,
      'Cache-Control': 'private, max-age=31536000, immutable',
      'Content-Type': 'text/plain; charset=utf-8',
      Vary: 'Accept-Encoding',
    };
    if (isNamed(c.req.header('if-none-match'), headers.ETag)) return c.body(null, 304, headers);
    const packed = new Uint8Array(await readFile(path));
    if (/\bgzip\b/.test(c.req.header('accept-encoding') ?? ''))
      return c.body(packed, 200, { ...headers, 'Content-Encoding': 'gzip' });
    return c.body(new Uint8Array(gunzipSync(packed)), 200, headers);
  });
}
