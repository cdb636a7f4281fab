import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { JoinAnswer, JoinRequest } from '../../rules/wire.ts';
import type { DeviceEnv } from '../device-auth.ts';
import { limitBody } from '../refusal.ts';
import { addressOf } from '../where-from.ts';
import type { DeviceParts } from './device-parts.ts';
import { answers, jsonBody, refuseBadBody } from './openapi.ts';

const join = createRoute({
  method: 'post',
  path: '/join',
  summary:
    'Opens this one seat for the list of the live lesson that has this code, and for nothing else. Codes that are wrong, over, or for another stage are answered alike.',
  security: [{ seat: [] }],
  request: { body: jsonBody(JoinRequest) },
  responses: answers(JoinAnswer, {
    400: 'malformed',
    401: 'unknown-seat',
    413: 'too-large',
    429: 'too-many',
  }),
});

/** POST /v1/join: a lesson's code, typed by an adult on the closed page (issue 4.7). */
export function joinRoutes({ requireSeat, lessons, tries }: DeviceParts) {
  const app = new OpenAPIHono<DeviceEnv>({ defaultHook: refuseBadBody });
  app.use('/join', requireSeat, limitBody(1_024));
  return app.openapi(join, async (c) => {
    const seat = c.get('seat');
    const wait = tries.waitFor(seat, addressOf(c));
    if (wait > 0) return c.json({ joined: false as const, code: 'wait' as const, waitSeconds: wait }, 200);
    const lesson = await lessons.openByCode(c.req.valid('json').code, seat);
    if (lesson) {
      tries.right(seat);
      return c.json({ joined: true as const, lesson: lesson.id }, 200);
    }
    const waitSeconds = tries.wrong(seat);
    return c.json({ joined: false as const, code: 'wrong-code' as const, waitSeconds }, 200);
  });
}
