import { signal } from '@preact/signals';
import type { Me } from '../../console-wire.ts';
import { may } from '../../roles.ts';
import type { Answered, Api } from './api.ts';
import { type Door, type FactorKind, peopleApi } from './people.ts';

/**
 * `reading` until the endpoint has said who this is; `out` is the sign-in page; `asked` is half a sign-in, where the
 * second factor is shown; a code is why it did not say.
 */
export type Session =
  | { state: 'reading' }
  | { state: 'out' }
  | { state: 'asked' }
  | { state: 'in'; me: Me }
  | { state: 'unknown'; code: string };

export type SessionModel = ReturnType<typeof createSession>;

/**
 * Who is signed in here; `begin` leads to the first page, for whoever comes next to this computer. The one-time password stays in memory for the page that follows, and nowhere else.
 */
export function createSession(api: Api, begin: () => void = () => {}) {
  const session = signal<Session>({ state: 'reading' });
  const doors = peopleApi(api);
  let justTyped: string | null = null;
  let last: string | null = null;

  async function refresh(): Promise<void> {
    const answer = await api.me();
    if (answer.ok) {
      const { mustChangePassword, secondFactor } = answer.value;
      if (!mustChangePassword && secondFactor !== 'missing') justTyped = null;
      // A sign-in that ran out is taken up again on its page, by the same person alone.
      if (last !== null && last !== answer.value.email) begin();
      last = answer.value.email;
      session.value = { state: 'in', me: answer.value };
    } else
      session.value =
        answer.code === 'signed-out' ? { state: 'out' } : { state: 'unknown', code: answer.code };
  }

  async function signIn(email: string, password: string): Promise<Answered<unknown>> {
    const answer = await api.signIn(email, password);
    if (!answer.ok) return answer;
    justTyped = password;
    if (isHalf(answer.value)) session.value = { state: 'asked' };
    else await refresh();
    return answer;
  }

  /** The second half of a sign-in. */
  async function showFactor(kind: FactorKind, code: string, trust: boolean): Promise<Answered<unknown>> {
    const answer = await doors.showFactor(kind, code, trust);
    if (answer.ok) await refresh();
    return answer;
  }

  async function signInByCode(door: Door, code: string): Promise<Answered<unknown>> {
    const answer = await doors.byCode(door, code);
    if (answer.ok) await refresh();
    return answer;
  }

  async function changePassword(current: string, next: string): Promise<Answered<unknown>> {
    const answer = await api.changePassword(current, next);
    if (!answer.ok) return answer;
    justTyped = next;
    await refresh();
    return answer;
  }

  async function signOut(): Promise<Answered<unknown>> {
    const answer = await api.signOut();
    justTyped = null;
    if (answer.ok) {
      begin();
      session.value = { state: 'out' };
    }
    return answer;
  }

  return {
    session,
    refresh,
    signIn,
    showFactor,
    signInByCode,
    /** Back from Google, with the second factor still to show. */
    ask: () => {
      session.value = { state: 'asked' };
    },
    startAgain: () => {
      justTyped = null;
      session.value = { state: 'out' };
    },
    signOut,
    changePassword,
    /** The password that was typed a moment ago, so that nobody types a one-time password twice. */
    passwordJustTyped: () => justTyped,
    /** The endpoint no longer knows us: any answer may say so. */
    ended: () => {
      session.value = { state: 'out' };
    },
  };
}

export const mayReadInbox = (me: Me): boolean => may(me.role, 'see-inbox');

/** The password was right, and is not enough. */
const isHalf = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'twoFactorRedirect' in answer;
