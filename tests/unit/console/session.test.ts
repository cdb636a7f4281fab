import { expect, test } from 'vitest';
import type { Api } from '../../../admin/console/src/api.ts';
import { createSession } from '../../../admin/console/src/session.ts';

/** An endpoint at which whoever is `here` is signed in; nobody if it is empty. */
function deskOf(first: string) {
  let here = first;
  let begun = 0;
  const me = async () =>
    here === ''
      ? { ok: false as const, code: 'signed-out' }
      : {
          ok: true as const,
          value: { name: here, email: `${here}@school.example`, role: 'teacher', mustChangePassword: false },
        };
  const api = {
    me,
    signIn: async (email: string) => {
      here = email.split('@')[0] ?? '';
      return { ok: true as const, value: {} };
    },
    signOut: async () => {
      here = '';
      return { ok: true as const, value: {} };
    },
    ask: me,
    asked: me,
  } as unknown as Api;
  const session = createSession(api, () => {
    begun += 1;
  });
  return { session, begun: () => begun };
}

test('whoever signs in after somebody has signed out begins at her own first page', async () => {
  const { session, begun } = deskOf('amina');
  await session.refresh();
  expect(begun()).toBe(0);
  await session.signOut();
  expect(begun()).toBe(1);
  await session.signIn('jo@school.example', 'x');
  expect(session.session.value.state).toBe('in');
});

test('a sign-in that ran out goes on where it was for the same person, and begins anew for another', async () => {
  const { session, begun } = deskOf('amina');
  await session.refresh();
  session.ended();
  await session.signIn('amina@school.example', 'x');
  expect(begun()).toBe(0);
  session.ended();
  await session.signIn('jo@school.example', 'x');
  expect(begun()).toBe(1);
});
