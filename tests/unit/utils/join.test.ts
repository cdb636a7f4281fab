import { expect, test } from 'vitest';
import type { Settings } from '../../../rules/settings.ts';
import type { CallAnswered, CallFailed, Endpoint } from '../../../utils/endpoint.ts';
import { createJoin } from '../../../utils/join.ts';

const answered = (json: unknown): CallAnswered => ({
  ok: true,
  status: 200,
  headers: new Headers(),
  bytes: new TextEncoder().encode(JSON.stringify(json)),
});

async function typed(answer: CallAnswered | CallFailed, enrolled = true) {
  const calls: unknown[] = [];
  let fetched = 0;
  const endpoint: Endpoint = {
    call: async (path, call) => {
      calls.push([path, call?.method, call?.json]);
      return answer;
    },
  };
  const join = createJoin({
    settings: async () => ({}) as Settings,
    endpointOf: () => endpoint,
    seats: {
      keptOrNew: async () =>
        enrolled ? { ok: true, seat: 's', key: 'k' } : { ok: false, code: 'unreachable' },
    },
    fetchNow: async () => {
      fetched += 1;
    },
  });
  const said = await join('ABCD');
  return { said, fetched, calls };
}

test('the right code: the orders that it changed are fetched', async () => {
  const { said, fetched, calls } = await typed(answered({ joined: true, lesson: 'maths' }));
  expect(calls).toEqual([['/v1/join', 'POST', { code: 'ABCD' }]]);
  expect(said).toBe('joined');
  expect(fetched).toBe(1);
});

test.each<[string, CallAnswered | CallFailed, unknown]>([
  ['a wrong code', answered({ joined: false, code: 'wrong-code', waitSeconds: 0 }), 'wrong'],
  [
    'one wrong code too many',
    answered({ joined: false, code: 'wrong-code', waitSeconds: 30 }),
    { waitSeconds: 30 },
  ],
  ['a try in the pause', answered({ joined: false, code: 'wait', waitSeconds: 12 }), { waitSeconds: 12 }],
  ['an older endpoint', answered({ hello: 1 }), 'unreachable'],
  ['nobody there', { ok: false, code: 'unreachable' }, 'unreachable'],
  [
    'a flood',
    { ok: false, code: 'refused', status: 429, refusal: 'too-many', retryAfterMs: 4_500 },
    { waitSeconds: 5 },
  ],
])('%s opens nothing and is said plainly', async (_, answer, expected) => {
  const { said, fetched } = await typed(answer);
  expect(said).toEqual(expected);
  expect(fetched).toBe(0);
});

test('a seat that cannot enrol says that nobody could be asked', async () => {
  expect((await typed(answered({}), false)).said).toBe('unreachable');
});
