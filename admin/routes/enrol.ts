import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { EnrolAnswer, EnrolRequest } from '../../rules/wire.ts';
import { createRate, tooMany } from '../rate.ts';
import { limitBody, refuse } from '../refusal.ts';
import { enrolSeat, hashKey, isKnownSeat } from '../store/seats.ts';
import type { DeviceParts } from './device-parts.ts';
import { answers, jsonBody, refuseBadBody } from './openapi.ts';

const enrol = createRoute({
  method: 'post',
  path: '/enrol',
  summary: 'Gives a browser profile its seat and a key. The same device and account get the same seat again.',
  request: { body: jsonBody(EnrolRequest) },
  responses: answers(EnrolAnswer, { 400: 'malformed', 403: 'bad-token', 413: 'too-large', 429: 'too-many' }),
});

const isSame = (a: string, b: string) => timingSafeEqual(Buffer.from(hashKey(a)), Buffer.from(hashKey(b)));

/** POST /v1/enrol. Pupils can read the token, so it is a door only, and everybody who uses it goes through one rate. */
export function enrolRoutes({ store, now, newId, secrets, rates }: DeviceParts) {
  const app = new OpenAPIHono({ defaultHook: refuseBadBody });
  const takeTry = createRate(rates.wrongTokens, now);
  const takeSeat = createRate(rates.enrolments, now);
  const takeNewSeat = createRate(rates.newSeatsOfDevice, now);
  app.use('/enrol', limitBody(16_384));
  return app.openapi(enrol, async (c) => {
    const request = c.req.valid('json');
    if (!isSame(request.token, secrets.enrolmentToken)) {
      const wait = takeTry('all');
      if (wait > 0) return tooMany(c, wait);
      return refuse(c, 403, 'bad-token', 'This is not the enrolment token of this school.');
    }
    const wait = takeSeat('all');
    if (wait > 0) return tooMany(c, wait);
    // Known pairs enrol again as often as they like: this bounds only what one device can invent.
    if (request.deviceId && !(await isKnownSeat(store, request))) {
      const waitForDevice = takeNewSeat(hashKey(request.deviceId));
      if (waitForDevice > 0) return tooMany(c, waitForDevice);
    }
    const key = randomBytes(32).toString('base64url');
    const seat = await enrolSeat(store, request, { id: newId(), key, at: now() });
    return c.json({ seat, key }, 200);
  });
}
