import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { z } from 'zod';
import { Batch, type Receipt, Receipts, ReportsEvent, RequestEvent } from '../../rules/wire.ts';
import type { DeviceEnv } from '../device-auth.ts';
import { withoutCredentials } from '../fold.ts';
import { createRate, tooMany } from '../rate.ts';
import { limitBody } from '../refusal.ts';
import type { DeviceEvent } from '../store/events.ts';
import type { DeviceParts } from './device-parts.ts';
import { answers, jsonBody, refuseBadBody } from './openapi.ts';

const MAX_BYTES = 256 * 1_024;

const batchRoute = <P extends '/reports' | '/requests'>(path: P, summary: string) =>
  createRoute({
    method: 'post',
    path,
    summary: `${summary} One receipt for each event, in their order, after the commit.`,
    security: [{ seat: [] }],
    request: { body: jsonBody(Batch) },
    responses: answers(Receipts, {
      400: 'malformed',
      401: 'unknown-seat',
      413: 'too-large',
      429: 'too-many',
    }),
  });

/** POST /v1/reports and /v1/requests: batches, idempotent by the id of each event. */
export function eventRoutes({ requireSeat, keepEvents, rates, now }: DeviceParts) {
  const app = new OpenAPIHono<DeviceEnv>({ defaultHook: refuseBadBody });
  const takeEvents = createRate(rates.eventsOfSeat, now);
  app.use('/reports', requireSeat, limitBody(MAX_BYTES));
  app.use('/requests', requireSeat, limitBody(MAX_BYTES));

  const receive = async (
    seat: string,
    events: unknown[],
    schema: z.ZodType<DeviceEvent>,
  ): Promise<Receipt[]> => {
    const read = events.map((event) => schema.safeParse(event));
    const good = read.flatMap(({ data }) => (data ? [clean(data)] : []));
    const stored = good.length > 0 ? await keepEvents({ seat, events: good }) : [];
    const inOrder = stored[Symbol.iterator]();
    // Each under the id as it was sent: by it the device finds its copy.
    return read.map(({ data }, index) =>
      data
        ? { ...(inOrder.next().value as Receipt), id: data.id }
        : { id: idOf(events[index]), status: 'refused', code: 'malformed' },
    );
  };

  /** Each event takes a place on the disk and in the inbox (FIELD E39). What is too much waits on the device. */
  const answer = async (c: Context<DeviceEnv>, events: unknown[], schema: z.ZodType<DeviceEvent>) => {
    const wait = takeEvents(c.get('seat'), events.length);
    if (wait > 0) return tooMany(c, wait);
    return c.json({ receipts: await receive(c.get('seat'), events, schema) }, 200);
  };

  app.openapi(batchRoute('/reports', 'Reports and what the child adds to them.'), (c) =>
    answer(c, c.req.valid('json').events, ReportsEvent),
  );
  app.openapi(batchRoute('/requests', 'Please open this.'), (c) =>
    answer(c, c.req.valid('json').events, RequestEvent),
  );
  return app;
}

/** A UUID is the same in upper and lower case, a key of the database is not. */
const clean = (event: DeviceEvent): DeviceEvent => ({
  ...event,
  id: event.id.toLowerCase(),
  ...('report' in event && { report: event.report.toLowerCase() }),
  ...('address' in event && { address: withoutCredentials(event.address) }),
});

/** The id that a malformed event gives for itself, so that the device finds its copy. */
function idOf(event: unknown): string {
  const id = typeof event === 'object' && event !== null && 'id' in event ? event.id : '';
  return typeof id === 'string' ? id.slice(0, 100) : '';
}
