import type { z } from 'zod';
import {
  type Act,
  Fleet,
  Inbox,
  InboxItem,
  type InboxRow,
  Me,
  Revealed,
  type TestAsked,
  TestChoices,
  Tested,
} from '../../console-wire.ts';
import { placeOf } from '../../urgency.ts';

/**
 * Why the endpoint's answer is not what was asked for, as a code that the page has words for (`problem_*`):
 * `offline` no answer at all · `signed-out` · `not-allowed` · `gone` · `too-many` tries · `broken` the endpoint
 * failed · `not-understood` an answer that does not keep to the contract · else the endpoint's own code, and what it
 * says to a person: what is wrong, and where. `refused` is the whole refusal where it names places (`issues`).
 */
export type Problem = { ok: false; code: string; message?: string; refused?: unknown };
export type Answered<T> = { ok: true; value: T } | Problem;

export type InboxFilter = 'new' | 'all';

export type Api = ReturnType<typeof createApi>;

/**
 * The endpoint as the console sees it. Every answer is parsed: what does not fit the contract is never shown.
 * `signedOut` is called whenever an answer says that nobody is signed in here (any more).
 */
export function createApi(fetch: typeof globalThis.fetch, signedOut: () => void = () => {}) {
  async function ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answered<unknown>> {
    let response: Response;
    try {
      response = await fetch(path, {
        method,
        credentials: 'same-origin',
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      return { ok: false, code: 'offline' };
    }
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return { ok: true, value: answer };
    const code = refusal(response.status, answer);
    if (code === 'signed-out') signedOut();
    const message = messageIn(answer);
    return {
      ok: false,
      code,
      ...(message === undefined ? {} : { message }),
      ...(namesPlaces(answer) ? { refused: answer } : {}),
    };
  }

  async function asked<S extends z.ZodType>(
    schema: S,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<Answered<z.output<S>>> {
    const answer = await ask(method, path, body);
    if (!answer.ok) return answer;
    const parsed = schema.safeParse(answer.value);
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, code: 'not-understood' };
  }

  const item = (id: string) => `/console/api/inbox/${encodeURIComponent(id)}`;

  return {
    /** For the parts of the console that keep their own questions (`src/<part>.ts`): without and with a contract. */
    ask,
    asked,
    me: () => asked(Me, 'GET', '/console/api/me'),
    signIn: (email: string, password: string) =>
      ask('POST', '/console/auth/sign-in/email', { email, password }),
    signOut: () => ask('POST', '/console/auth/sign-out', {}),
    /** Every other browser that is signed in with this account is signed out. */
    changePassword: (currentPassword: string, newPassword: string) =>
      ask('POST', '/console/auth/change-password', {
        currentPassword,
        newPassword,
        revokeOtherSessions: true,
      }),
    /** What is urgent and not judged first, then the newest; `last` is the last row that is shown. */
    inbox: (state: InboxFilter, limit: number, last?: InboxRow) =>
      asked(
        Inbox,
        'GET',
        `/console/api/inbox?${new URLSearchParams({ state, limit: String(limit), ...(last && { before: last.receivedAt, urgency: placeOf(last) }) })}`,
      ),
    item: (id: string) => asked(InboxItem, 'GET', item(id)),
    /** Logged, with the name of who asked. */
    reveal: (id: string) => asked(Revealed, 'POST', `${item(id)}/reveal`, {}),
    act: (act: Act) => ask('POST', '/console/api/inbox/act', act),
    fleet: () => asked(Fleet, 'GET', '/console/api/fleet'),
    testChoices: () => asked(TestChoices, 'GET', '/console/api/verdict'),
    /** Neither stored nor logged. */
    test: (test: TestAsked) => asked(Tested, 'POST', '/console/api/verdict', test),
  };
}

/** What somebody typed at the door was wrong: nobody is signed out by that. */
const wrongAtTheDoor = [
  'invalid-email-or-password',
  'invalid-code',
  'invalid-backup-code',
  'invalid-two-factor-cookie',
  'wrong-code',
];

/** The endpoint's own code where it gives one (ours are `some-code`, better-auth's `SOME_CODE`), else the status's. */
function refusal(status: number, answer: unknown): string {
  if (status === 429) return 'too-many';
  const code = (answer as { code?: unknown } | undefined)?.code;
  if (typeof code === 'string' && code !== '') {
    const plain = code.toLowerCase().replaceAll('_', '-');
    if (status !== 401 || wrongAtTheDoor.includes(plain)) return plain;
  }
  if (status === 401) return 'signed-out';
  if (status === 403) return 'not-allowed';
  if (status === 404) return 'gone';
  return 'broken';
}

/** What the endpoint says to a person beside its code. */
function messageIn(answer: unknown): string | undefined {
  const message = (answer as { message?: unknown } | undefined)?.message;
  return typeof message === 'string' && message !== '' ? message : undefined;
}

const namesPlaces = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'issues' in answer;
