import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Role } from '../../../admin/console-wire.ts';
import { authPaths } from '../../../admin/people/auth.ts';
import { type Deed, rolesThatMay } from '../../../admin/roles.ts';
import { deeds, deedsBegin, mayCall } from '../../../admin/routes/deeds.ts';
import { atDesk, browserAt, makeReport, openSchool, type School } from './school.ts';

/**
 * Every route of the console × everybody who may ask × let through or refused: the routes as Hono knows them, the
 * answers as the one table says (`admin/routes/deeds.ts`).
 */
let school: School;
type Asking = Pick<ReturnType<typeof browserAt>, 'ask' | 'send'>;
const desks = new Map<string, Asking>();
/** Ids of things that are there, of every kind that this test knows how to make. */
const there: string[] = [];
const nobody = ['signed-out', 'must-change-password', 'second-factor-missing', 'day-pass-over'] as const;

beforeAll(async () => {
  school = await openSchool({ secondFactor: 'required' });
  const { endpoint, clock } = school;
  desks.set('signed-out', browserAt(endpoint));

  const over = await school.signIn('supply');
  desks.set('day-pass-over', over);
  clock.now += 7 * 3_600_000;
  for (const role of Role.options) desks.set(role, await atDesk(school, role));
  // How a second factor is set up is `second-factor.test.ts`'s; the office needs none.
  await endpoint.store.updateTable('people').set({ twoFactorEnabled: 1 }).execute();

  const fresh = async (email: string) => {
    const added = await endpoint.people.add({ name: 'X', email, role: 'principal' });
    const browser = browserAt(endpoint);
    const password = added.ok ? added.oneTimePassword : '';
    await browser.ask('/console/auth/sign-in/email', { email, password });
    return { ...browser, password };
  };
  desks.set('must-change-password', await fresh('fresh@school.example'));
  const noFactor = await fresh('no-factor@school.example');
  await noFactor.ask('/console/auth/change-password', {
    currentPassword: noFactor.password,
    newPassword: 'correct horse battery',
  });
  desks.set('second-factor-missing', noFactor);

  const report = makeReport();
  await (await school.enrol()).report(report);
  const { people } = await read('principal', '/people');
  const { passes } = await read('office', '/day-passes');
  there.push(report.id, people[0].id, passes[0].id, '2b');
}, 120_000);
afterAll(() => school.close());

const desk = (who: string): Asking => {
  const found = desks.get(who);
  if (!found) throw new Error(`nobody is ${who}`);
  return found;
};
const read = async (who: string, path: string) => (await desk(who).ask(`${deedsBegin}${path}`)).json();

/** As Hono answers them; what is for every method is middleware, and the last one says that nothing is there. */
const routes = (): string[] => {
  const found = school.endpoint.console.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith(`${deedsBegin}/`))
    .map(({ method, path }) => `${method} ${path.slice(deedsBegin.length)}`);
  return [...new Set(found)].sort();
};

/** What an answer says about whoever asked; `let through` is whatever the route itself says. */
async function call(who: string, route: string, id: string = randomUUID()): Promise<string> {
  const [method = '', path = ''] = route.split(' ');
  const filled = `${deedsBegin}${path.replace(/:[a-z]+/gi, id)}`;
  const answer = await desk(who).ask(filled, method === 'GET' ? undefined : {});
  const kind = answer.headers.get('content-type') ?? '';
  if (!kind.includes('json')) {
    await answer.body?.cancel();
    return 'let through';
  }
  const { code, ...rest } = await answer.json();
  const isRefusal = [...nobody, 'not-your-role'].includes(code);
  return isRefusal ? `${answer.status} ${code} ${JSON.stringify(rest)}` : 'let through';
}

test('every route has its line in the table, and every line its route', () => {
  expect(Object.keys(deeds).sort()).toEqual(routes());
});

describe('every route is open to whom the table names, and to nobody else', () => {
  test.each(Role.options)('%s', async (role) => {
    for (const route of routes())
      expect(await call(role, route), route).toMatch(
        mayCall(role, deeds[route]) ? /^let through$/ : /^403 not-your-role /,
      );
  });

  test.each([
    ['signed-out', /^401 signed-out /],
    ['day-pass-over', /^401 signed-out /],
    ['must-change-password', /^403 must-change-password /],
    ['second-factor-missing', /^403 second-factor-missing /],
  ] as const)('%s', async (who, refusal) => {
    for (const route of routes()) {
      const arriving = deeds[route] === 'arriving' && refusal.source.startsWith('^403');
      expect(await call(who, route), route).toMatch(arriving ? /^let through$/ : refusal);
    }
  });
});

test('a refusal says the same of what is there and of what is not', async () => {
  for (const who of [...Role.options, ...nobody])
    for (const route of routes().filter((one) => one.includes(':'))) {
      const said = await call(who, route);
      if (said !== 'let through')
        for (const id of there) expect(await call(who, route, id), `${who} ${route}`).toBe(said);
    }
});

test('a path that is no route tells nobody anything who is not signed in', async () => {
  const path = '/console/api/no-such-thing';
  const [unknown, known] = await Promise.all(
    [path, '/console/api/people'].map(async (one) => {
      const answer = await desk('signed-out').ask(one);
      return [answer.status, await answer.json()];
    }),
  );
  expect(unknown).toEqual(known);
  expect((await desk('teacher').ask(path)).status).toBe(404);
});

/** A body without a stated length, as long as somebody reads it, up to more than any import may be. */
function endless() {
  const seen = { read: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(stream) {
        if (seen.read >= 64) return stream.close();
        seen.read += 1;
        stream.enqueue(new Uint8Array(1_048_576));
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, body };
}

test.each(['/groups/import', '/timetable/import', '/people', '/no-such-thing'])(
  'not a byte of a body to %s is read before it is known who may send it',
  async (path) => {
    const askers: [string, number][] = [
      ['signed-out', 401],
      ['must-change-password', path === '/no-such-thing' ? 404 : 403],
      ['governor', path === '/no-such-thing' ? 404 : 403],
    ];
    for (const [who, status] of askers) {
      const { seen, body } = endless();
      const answer = await desk(who).send(`${deedsBegin}${path}`, body);
      expect(answer.status, who).toBe(status);
      expect(seen.read, who).toBe(0);
    }
    const { seen, body } = endless();
    const foreign = { origin: 'https://elsewhere.example' };
    expect((await desk('principal').send(`${deedsBegin}${path}`, body, foreign)).status).toBe(403);
    expect(seen.read).toBe(0);
  },
);

test('who may import sends a large body, and a small one anywhere else', async () => {
  for (const [path, most] of [
    ['/groups/import', 49],
    ['/people', 1],
  ] as const) {
    const { seen, body } = endless();
    const answer = await desk('principal').send(`${deedsBegin}${path}`, body);
    expect([answer.status, seen.read], path).toEqual([413, most]);
  }
});

test('what of better-auth is reachable is what sign-in needs: no sign-up, no list of accounts, no other way', async () => {
  const known = [
    '/sign-up/email',
    '/update-user',
    '/delete-user',
    '/change-email',
    '/list-accounts',
    '/link-social',
    '/get-access-token',
    '/get-session',
    '/list-sessions',
    '/two-factor/disable',
    '/two-factor/get-totp-uri',
    '/two-factor/send-otp',
    '/reset-password',
    '/request-password-reset',
    '/verify-password',
    '/ok',
  ];
  for (const path of known) {
    expect(authPaths).not.toContain(path);
    for (const body of [undefined, {}]) {
      const answer = await desk('principal').ask(`/console/auth${path}`, body);
      expect(answer.status, path).toBe(404);
      expect(await answer.json(), path).toMatchObject({ code: 'not-found' });
    }
  }
});

/** Written out once more by hand, where a slip in the table would hurt a child or a colleague. */
test.each<[Deed, Role[]]>([
  ['see-inbox', ['principal', 'dsl', 'coordinator']],
  ['reveal', ['principal', 'dsl', 'coordinator']],
  ['see-restricted', ['principal', 'dsl']],
  ['manage-people', ['principal', 'slt']],
  ['give-day-pass', ['principal', 'slt', 'office']],
  ['see-audit', ['principal', 'slt', 'dsl']],
  ['see-figures', ['principal', 'slt', 'dsl', 'coordinator', 'governor']],
  ['decide-unblock', ['network-manager']],
  ['paste-sites', ['principal', 'slt', 'dsl', 'coordinator', 'teacher']],
  ['care-for-pupils', ['principal', 'slt', 'dsl', 'coordinator']],
])('%s is for %j alone', (deed, roles) => {
  expect(rolesThatMay(deed)).toEqual(roles);
});
