import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../../admin/cli.ts';
import { consoleUrl, openSchool, type School } from './school.ts';

let school: School;
beforeEach(async () => {
  school = await openSchool({ now: () => new Date(), keepPasswords: undefined });
});
afterEach(() => school.close());

const run = async (...args: string[]) => {
  const { code, lines } = await runCommand(['people', ...args, '--data', school.folder], {});
  return { code, said: lines.join('\n') };
};
const add = async (email: string, role: string) => {
  const { said } = await run('add', '--email', email, '--name', 'Somebody', '--role', role);
  return said.match(/One-time password: (\S+)/)?.[1] ?? '';
};
const signIn = (email: string, password: string) =>
  school.endpoint.people.handle(
    new Request('http://127.0.0.1:8788/console/auth/sign-in/email', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: 'http://127.0.0.1:8788',
        host: '127.0.0.1:8788',
      },
      body: JSON.stringify({ email, password }),
    }),
  );

test('a reset ends every sign-in and the old password, and the new one signs in', async () => {
  const old = await add('head@school.example', 'principal');
  const signedIn = await signIn('head@school.example', old);
  expect(signedIn.status).toBe(200);
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const whoAsks = () => school.endpoint.people.whoAsks(new Headers({ cookie }));
  expect(await whoAsks()).toMatchObject({ email: 'head@school.example' });

  const { code, said } = await run('reset', '--email', 'Head@school.example');
  expect(code).toBe(0);
  const fresh = said.match(/One-time password: (\S+)/)?.[1] ?? '';
  expect(await whoAsks()).toBeUndefined();
  expect((await signIn('head@school.example', old)).status).toBe(401);
  expect((await signIn('head@school.example', fresh)).status).toBe(200);
});

test('people are shown and removed, but never the last principal; the audit says so', async () => {
  await add('head@school.example', 'principal');
  const password = await add('dsl@school.example', 'dsl');
  expect((await run('show')).said).toContain('dsl@school.example  dsl  Somebody');
  expect(await run('remove', '--email', 'head@school.example')).toMatchObject({
    code: 1,
    said: expect.stringContaining('last-principal'),
  });
  expect((await run('remove', '--email', 'dsl@school.example')).code).toBe(0);
  expect((await run('show')).said).not.toContain('dsl@');
  const again = await run('add', '--email', 'head@school.example', '--name', 'H', '--role', 'dsl');
  expect(again.said).toContain('people reset --email head@school.example');
  expect(await run('reset', '--email', 'no@school.example')).toMatchObject({ code: 1 });
  const audit = await school.endpoint.store.selectFrom('audit').select(['act', 'facts']).execute();
  expect(audit.at(-1)).toEqual({ act: 'removed-person', facts: '{"name":"Somebody","role":"dsl"}' });
  expect((await signIn('dsl@school.example', password)).status).toBe(401);
});

test('wrong passwords from elsewhere lock nobody out: not another address, not a browser that signed in before', async () => {
  const quick = await openSchool({
    rates: { signIns: { burst: 3, perSecond: 1 / 30 }, signInsOfAccount: { burst: 9, perSecond: 1 / 10 } },
  });
  const { email, oneTimePassword } = await quick.signIn('coordinator');
  const tryFrom = (remoteAddress: string, password: string, cookie = '') =>
    quick.endpoint.console.request(
      `${consoleUrl}/console/auth/sign-in/email`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: consoleUrl,
          host: 'console.school.example',
          cookie,
        },
        body: JSON.stringify({ email, password }),
      },
      { incoming: { socket: { remoteAddress } } },
    );
  const first = await tryFrom('10.0.0.5', oneTimePassword);
  expect(first.status).toBe(200);
  const known = first.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .filter((line) => line?.startsWith('keystage.known='))
    .join('; ');
  const floodFrom = async (address: string, many: number) => {
    let last = 0;
    for (let at = 0; at < many; at += 1) last = (await tryFrom(address, 'wrong wrong wrong')).status;
    return last;
  };
  expect(await floodFrom('10.0.0.66', 4)).toBe(429);
  // Another address is not slowed by it, and from the same one a browser that signed in before is not, either.
  expect((await tryFrom('10.0.0.5', oneTimePassword)).status).toBe(200);
  expect((await tryFrom('10.0.0.66', oneTimePassword)).status).toBe(429);
  expect((await tryFrom('10.0.0.66', oneTimePassword, known)).status).toBe(200);
  expect((await tryFrom('10.0.0.66', oneTimePassword, `${known}x`)).status).toBe(429);
  // Many addresses together are slowed, too.
  for (let host = 0; host < 3; host += 1) await floodFrom(`10.1.0.${host}`, 2);
  expect((await tryFrom('10.2.0.1', 'wrong wrong wrong')).status).toBe(429);
  expect((await tryFrom('10.2.0.2', oneTimePassword, known)).status).toBe(200);
  await quick.close();
});
