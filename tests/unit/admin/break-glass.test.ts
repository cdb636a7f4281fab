import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCommand } from '../../../admin/cli.ts';
import type { MailTransport } from '../../../admin/mail.ts';
import { atDesk, browserAt, openSchool, type School } from './school.ts';

type Sent = { to?: unknown; subject?: unknown; text?: unknown };
let school: School;
let sent: Sent[];
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-09-07T08:00:00Z') });
  sent = [];
  const transport: MailTransport = {
    sendMail: async (mail) => void sent.push(mail),
    close: () => {},
  };
  school = await openSchool({
    now: () => new Date(),
    secondFactor: 'required',
    mail: { transport, from: 'keystage@school.example', to: ['somebody.else@school.example'] },
  });
});
afterEach(async () => {
  await school.close();
  vi.useRealTimers();
});

const seal = async (tells: string) => {
  const { code, lines } = await runCommand(
    ['people', 'break-glass', '--tells', tells, '--data', school.folder],
    {},
  );
  const said = lines.join('\n');
  return { code, said, sealed: said.match(/^Code: (\S+)$/m)?.[1] ?? '' };
};
const use = async (code: string) => {
  const browser = browserAt(school.endpoint);
  const { status } = await browser.ask('/console/auth/sign-in/break-glass', { code });
  return { ...browser, status };
};

test('without a second person who is there, there is no such account', async () => {
  expect((await seal('nobody@school.example')).said).toContain('no-second-person');
  const teacher = await school.signIn('teacher');
  const { people } = school.endpoint;
  const id = (await people.staff.idOf(teacher.email)) ?? '';
  await people.staff.deactivate(id, { id: null, name: 'a test', role: null });
  expect((await seal(teacher.email)).code).toBe(1);
  expect(await school.endpoint.store.selectFrom('breakGlass').selectAll().execute()).toEqual([]);
  expect((await use('')).status).toBe(400);
});

test('a use signs in as principal for an hour, and tells the second person by mail and on their console', async () => {
  const dsl = await atDesk(school, 'dsl');
  const { sealed, said } = await seal(dsl.email);
  expect(sealed).toMatch(/^([a-z2-9]{4}-){7}[a-z2-9]{4}$/);
  expect(said).toContain('The dsl');
  expect((await use(`${sealed}x`)).status).toBe(401);
  expect(sent).toEqual([]);

  const opened = await use(sealed);
  expect(await (await opened.ask('/console/api/me')).json()).toMatchObject({
    role: 'principal',
    name: 'Break-glass account',
    secondFactor: 'not-needed',
  });
  expect((await opened.ask('/console/api/people')).status).toBe(200);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ to: dsl.email, subject: 'Keystage: the break-glass account was used' });
  expect(String(sent[0]?.text)).toContain('2026-09-07T08:00:00.000Z');

  const { notices } = await (await dsl.ask('/console/api/me')).json();
  expect(notices).toMatchObject([{ kind: 'break-glass', at: '2026-09-07T08:00:00.000Z' }]);
  // Nobody else can take it away.
  expect((await opened.ask(`/console/api/notices/${notices[0].id}/seen`, {})).status).toBe(404);
  const { store } = school.endpoint;
  await store.updateTable('people').set({ twoFactorEnabled: 1 }).where('email', '=', dsl.email).execute();
  expect((await dsl.ask(`/console/api/notices/${notices[0].id}/seen`, {})).status).toBe(200);
  expect(await (await dsl.ask('/console/api/me')).json()).toMatchObject({ notices: [] });

  vi.setSystemTime(Date.now() + 3_600_000 + 1_000);
  expect((await opened.ask('/console/api/me')).status).toBe(401);
  const audit = await store.selectFrom('audit').select(['act', 'by']).execute();
  expect(audit).toContainEqual({ act: 'used-break-glass', by: 'break-glass account' });
  // It is not spent: another emergency, another word to the second person.
  expect((await use(sealed)).status).toBe(200);
  await vi.waitFor(() => expect(sent).toHaveLength(2));
});

test('sealed again, the old code and what it opened end', async () => {
  const dsl = await atDesk(school, 'dsl');
  const first = await seal(dsl.email);
  const opened = await use(first.sealed);
  const second = await seal(dsl.email);
  expect((await use(first.sealed)).status).toBe(401);
  expect((await opened.ask('/console/api/me')).status).toBe(401);
  expect((await use(second.sealed)).status).toBe(200);
});

test('it counts as nobody’s principal, gets no mail, has no password, and who is told of it cannot leave', async () => {
  const dsl = await atDesk(school, 'dsl');
  await seal(dsl.email);
  const { people, store } = school.endpoint;
  const id = (await people.staff.idOf(dsl.email)) ?? '';
  const it = { id: null, name: 'a test', role: null };
  expect(await people.staff.deactivate(id, it)).toEqual({ ok: false, code: 'told-of-break-glass' });
  expect(await people.staff.remove(id, it)).toEqual({ ok: false, code: 'told-of-break-glass' });
  expect((await people.list(it)).map(({ name }) => name)).toEqual(['The dsl']);
  const account = await store.selectFrom('people').selectAll().where('kind', '=', 'break-glass').execute();
  expect(account).toHaveLength(1);
  expect(await people.staff.reset(account[0]?.id ?? '', it)).toEqual({ ok: false, code: 'no-person' });
  await people.staff.changeRole(id, 'principal', it);
  expect(await people.staff.changeRole(id, 'teacher', it)).toEqual({ ok: false, code: 'last-principal' });
});

test('whoever came in by it cannot become the one who is told', async () => {
  const slt = await atDesk(school, 'slt');
  const { sealed } = await seal(slt.email);
  const opened = await use(sealed);
  const id = await school.endpoint.people.staff.idOf(slt.email);
  for (const [what, body] of [
    ['reset', {}],
    ['reset-second-factor', {}],
    ['role', { role: 'governor' }],
    ['deactivate', {}],
  ] as const) {
    const answer = await opened.ask(`/console/api/people/${id}/${what}`, body);
    expect([what, answer.status, (await answer.json()).code]).toEqual([what, 409, 'told-of-break-glass']);
  }
});
