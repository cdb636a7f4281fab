import { expect, test } from 'vitest';
import { createApi } from '../../../admin/console/src/api.ts';

const answering = (status: number, body: string, signedOut?: () => void) =>
  createApi(async () => new Response(body, { status }), signedOut);

test('an answer that does not keep to the contract is never shown', async () => {
  const api = answering(200, JSON.stringify({ rows: [{ id: 'not-a-uuid' }], more: false, waiting: 1 }));
  expect(await api.inbox('new', 50)).toEqual({ ok: false, code: 'not-understood' });
  expect(await answering(200, '<html>').fleet()).toEqual({ ok: false, code: 'not-understood' });
});

test('every failure has a code that a page has words for', async () => {
  const offline = createApi(async () => {
    throw new TypeError('Failed to fetch');
  });
  expect(await offline.me()).toEqual({ ok: false, code: 'offline' });
  expect(await answering(500, 'Internal Server Error').me()).toEqual({ ok: false, code: 'broken' });
  expect(await answering(429, '{"code":"slow-down","message":""}').me()).toEqual({
    ok: false,
    code: 'too-many',
  });
  expect(await answering(403, '{"code":"not-your-role","message":""}').fleet()).toEqual({
    ok: false,
    code: 'not-your-role',
  });
});

test('a wrong password is not "signed out", an ended sign-in is', async () => {
  let ended = 0;
  const count = () => {
    ended += 1;
  };
  const wrong = answering(401, '{"code":"INVALID_EMAIL_OR_PASSWORD"}', count);
  expect(await wrong.signIn('a@b.example', 'x')).toEqual({ ok: false, code: 'invalid-email-or-password' });
  expect(ended).toBe(0);
  expect(await answering(401, '{"code":"signed-out","message":""}', count).fleet()).toEqual({
    ok: false,
    code: 'signed-out',
  });
  expect(ended).toBe(1);
});

test('an id can never become another path', async () => {
  const asked: string[] = [];
  const api = createApi(async (path) => {
    asked.push(String(path));
    return new Response('{}');
  });
  await api.item('../../auth/sign-out');
  expect(asked).toEqual(['/console/api/inbox/..%2F..%2Fauth%2Fsign-out']);
});

test('a wrong code at the door signs nobody out, and keeps its own words', async () => {
  for (const code of ['INVALID_CODE', 'INVALID_BACKUP_CODE', 'WRONG_CODE', 'INVALID_TWO_FACTOR_COOKIE']) {
    let ended = 0;
    const api = createApi(
      async () => Response.json({ code, message: '' }, { status: 401 }),
      () => {
        ended += 1;
      },
    );
    const answer = await api.ask('POST', '/console/auth/two-factor/verify-totp', {});
    expect(answer).toMatchObject({ ok: false, code: code.toLowerCase().replaceAll('_', '-') });
    expect(ended).toBe(0);
  }
});
