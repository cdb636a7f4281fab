import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { LiveFromSeat, LiveToSeat } from '../../rules/wire.ts';

/** Tells of `WS /v1/live` in the OpenAPI document, which knows no sockets: the messages, and why one is closed. */
export function describeLive(v1: OpenAPIHono): void {
  for (const [name, schema] of Object.entries({ LiveFromSeat, LiveToSeat }))
    v1.openAPIRegistry.registerComponent('schemas', name, z.toJSONSchema(schema, { io: 'input' }) as object);
  v1.openAPIRegistry.registerPath({
    method: 'get',
    path: '/live',
    summary:
      'A WebSocket. The seat says hello within 5 seconds (LiveFromSeat), and gets its orders as soon as they change, word of a new policy or catalogue, and a beat every 20 seconds (LiveToSeat).',
    responses: {
      101: {
        description:
          'text messages of at most 4,096 bytes from the seat. Closed with 4400 malformed, 4401 unknown-seat (enrol again), 4408 no-hello, 4409 too-many-sockets of this seat, 4429 too-fast, 1001 the endpoint stops, 1009 a message was too long',
      },
      404: { description: 'another address' },
      503: { description: 'too many sockets: try again later, and poll meanwhile' },
    },
  });
}
