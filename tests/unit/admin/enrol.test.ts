import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enrolRequest, openSchool, post, type School } from './school.ts';

let school: School;
beforeEach(async () => {
  school = await openSchool({ rates: { wrongTokens: { burst: 2, perSecond: 1 } } });
});
afterEach(() => school.close());

test('the same device and account get the same seat again, and both keys work', async () => {
  const one = await school.enrol({ deviceId: 'd1', account: 'a@school.example' });
  const again = await school.enrol({ deviceId: 'd1', account: 'a@school.example' });
  expect(again.seat).toBe(one.seat);
  expect(again.key).not.toBe(one.key);
  expect((await one.get('/v1/orders')).status).toBe(200);
  expect((await again.get('/v1/orders')).status).toBe(200);
});

test('another account on the same device, or another device, is another seat', async () => {
  const seats = await Promise.all([
    school.enrol({ deviceId: 'd1', account: 'a@school.example' }),
    school.enrol({ deviceId: 'd1', account: 'b@school.example' }),
    school.enrol({ deviceId: 'd2', account: 'a@school.example' }),
    school.enrol({ deviceId: 'd2' }),
  ]);
  expect(new Set(seats.map(({ seat }) => seat)).size).toBe(4);
});

test('where Chrome tells neither device nor account, the profile itself is the seat', async () => {
  const installId = randomUUID();
  const one = await school.enrol({ installId });
  expect((await school.enrol({ installId })).seat).toBe(one.seat);
  expect((await school.enrol()).seat).not.toBe(one.seat);
});

test('of many keys for one seat the oldest stop working, the newest do not', async () => {
  const pair = { deviceId: 'cart-7', account: 'shared@school.example' };
  const first = await school.enrol(pair);
  const second = await school.enrol(pair);
  for (let profile = 0; profile < 63; profile += 1) await school.enrol(pair);
  expect((await first.get('/v1/orders')).status).toBe(401);
  expect((await second.get('/v1/orders')).status).toBe(200);
});

test('neither device, account nor key is kept as it came', async () => {
  const seat = await school.enrol({ deviceId: 'directory-device', account: 'pupil.name@school.example' });
  const kept = JSON.stringify([
    await school.endpoint.store.selectFrom('seats').selectAll().execute(),
    await school.endpoint.store.selectFrom('seatKeys').selectAll().execute(),
  ]);
  expect(kept).not.toContain('directory-device');
  expect(kept).not.toContain('pupil.name');
  expect(kept).not.toContain(seat.key);
});

test('a wrong token is refused with its code, and guessing is slowed down', async () => {
  const guess = () => post(school.endpoint.device, '/v1/enrol', enrolRequest('not-the-token-at-all'));
  const refused = await guess();
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ code: 'bad-token' });
  await guess();
  const slowed = await guess();
  expect(slowed.status).toBe(429);
  expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
  // The right token is not slowed by somebody else's guesses.
  expect((await school.enrol()).seat).toBeTruthy();
});

test.each([
  ['not JSON', '{"token":'],
  ['not an object', '[]'],
  ['a stage that does not exist', { stage: 'KS9' }],
])('an enrolment that is %s is malformed', async (_what, body) => {
  const sent =
    typeof body === 'string' ? body : { ...enrolRequest(school.endpoint.secrets.enrolmentToken), ...body };
  const answer = await post(school.endpoint.device, '/v1/enrol', sent);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'malformed' });
});

test.each([
  ['no key', undefined],
  ['a key that is none', 'Bearer nonsense'],
  ['a seat that does not exist', `Bearer ${randomUUID()}.${'x'.repeat(43)}`],
])('with %s a device gets unknown-seat', async (_what, authorization) => {
  const answer = await school.endpoint.device.request('/v1/policy', {
    headers: authorization ? { authorization } : {},
  });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ code: 'unknown-seat' });
});

test('the key of one seat opens no other', async () => {
  const [one, other] = await Promise.all([school.enrol(), school.enrol()]);
  const answer = await school.endpoint.device.request('/v1/orders', {
    headers: { authorization: `Bearer ${one.seat}.${other.key}` },
  });
  expect(answer.status).toBe(401);
});

test('one device cannot invent seats without end, and those it has still enrol', async () => {
  const flooded = await openSchool({ rates: { newSeatsOfDevice: { burst: 3, perSecond: 1 / 60 } } });
  const { enrolmentToken } = flooded.endpoint.secrets;
  const enrolAs = async (deviceId: string, account: string) =>
    (await post(flooded.endpoint.device, '/v1/enrol', enrolRequest(enrolmentToken, { deviceId, account })))
      .status;
  for (const name of ['a', 'b', 'c']) expect(await enrolAs('d1', `${name}@x.example`)).toBe(200);
  expect(await enrolAs('d1', 'd@x.example')).toBe(429);
  expect(await enrolAs('d1', 'a@x.example')).toBe(200);
  expect(await enrolAs('d2', 'd@x.example')).toBe(200);
  expect(await flooded.endpoint.store.selectFrom('seats').select('id').execute()).toHaveLength(4);
  await flooded.close();
});
