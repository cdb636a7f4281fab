import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { DeviceEnv } from '../device-auth.ts';
import { refuse } from '../refusal.ts';
import { deltaPath, partPath, wholeListPath } from '../subscriptions/travelling.ts';
import type { DeviceParts } from './device-parts.ts';
import { isNamed } from './documents.ts';
import { fromDisk } from './from-disk.ts';
import { refusalsOf, refuseBadBody } from './openapi.ts';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

const answers = (what: string) => ({
  200: { description: what, content: { 'text/plain': { schema: z.string() } } },
  304: { description: 'the device has it' },
  ...refusalsOf({ 400: 'malformed', 401: 'unknown-seat', 404: 'no-list', 429: 'too-many' }),
});

const list = createRoute({
  method: 'get',
  path: '/lists/{sha256}',
  summary: 'A list of the catalogue, whole, by the hash of its text: one host a line. It never changes.',
  security: [{ seat: [] }],
  request: { params: z.object({ sha256: Hash }) },
  responses: answers('the list'),
});
const part = createRoute({
  method: 'get',
  path: '/lists/parts/{sha256}',
  summary: 'One part of a list, packed (docs/lists.md), by the hash of its plain text.',
  security: [{ seat: [] }],
  request: { params: z.object({ sha256: Hash }) },
  responses: answers('the part'),
});
const delta = createRoute({
  method: 'get',
  path: '/lists/{sha256}/from/{before}',
  summary: 'What makes an earlier version into this one: `+host` and `-host`, one a line. Kept for 30 days.',
  security: [{ seat: [] }],
  request: { params: z.object({ sha256: Hash, before: Hash }) },
  responses: answers('the difference'),
});

/** GET /v1/lists/<sha256>, its parts, and how to come there from an earlier version. */
export function listRoutes({ requireSeat, places }: DeviceParts) {
  const app = new OpenAPIHono<DeviceEnv>({ defaultHook: refuseBadBody });
  app.use('/lists/*', requireSeat);
  app.openapi(part, async (c) => {
    const { sha256 } = c.req.valid('param');
    return give(c, `part-${sha256}`, partPath(places.lists, sha256));
  });
  app.openapi(delta, async (c) => {
    const { sha256, before } = c.req.valid('param');
    return give(c, `${sha256}-${before}`, deltaPath(places.lists, sha256, before));
  });
  return app.openapi(list, async (c) => {
    const { sha256 } = c.req.valid('param');
    return give(c, sha256, await wholeListPath(places.lists, sha256));
  });
}

/** What lies there packed, as whoever asks can read it. Named by content, so it never changes. */
async function give(c: Context, tag: string, path: string | null) {
  const packed = path && (await fromDisk(path));
  if (!packed) return refuse(c, 404, 'no-list', 'There is no list with this hash.');
  const headers = {
    ETag: `"${tag}"`,
    'Cache-Control': 'private, max-age=31536000, immutable',
    'Content-Type': 'text/plain; charset=utf-8',
    Vary: 'Accept-Encoding',
  };
  if (isNamed(c.req.header('if-none-match'), headers.ETag)) return c.body(null, 304, headers);
  if (/\bgzip\b/.test(c.req.header('accept-encoding') ?? ''))
    return c.body(packed.body, 200, {
      ...headers,
      'Content-Encoding': 'gzip',
      'Content-Length': String(packed.bytes),
    });
  // What unpacks begins to read at once, also where nobody wants a body.
  if (c.req.method === 'HEAD') return c.body(null, 200, headers);
  // A proxy that inspects may take the header away.
  return c.body(packed.body.pipeThrough(new DecompressionStream('gzip')), 200, headers);
}
