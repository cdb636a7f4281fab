import { afterEach, beforeEach, expect, test } from 'vitest';
import { Fleet, Inbox, InboxItem, Me, Revealed } from '../../../admin/console-wire.ts';
import { atDesk, examplePolicy, makeAnswer, makeReport, openSchool, type School } from './school.ts';

let school: School;
let seat: Awaited<ReturnType<School['enrol']>>;
beforeEach(async () => {
  school = await openSchool();
  seat = await school.enrol();
});
afterEach(() => school.close());

type Desk = Awaited<ReturnType<typeof atDesk>>;
const inboxOf = async (desk: Desk, query = '') =>
  Inbox.parse(await (await desk.ask(`/console/api/inbox${query}`)).json());
const itemOf = (desk: Desk, id: string) => desk.ask(`/console/api/inbox/${id}`);
const act = (desk: Desk, body: unknown) => desk.ask('/console/api/inbox/act', body);

test('nobody sees anything before signing in, or before changing the one-time password', async () => {
  const out = await school.endpoint.console.request('http://console.school.example/console/api/inbox');
  expect([out.status, (await out.json()).code]).toEqual([401, 'signed-out']);
  const person = await school.signIn('coordinator');
  expect(Me.parse(await (await person.ask('/console/api/me')).json())).toMatchObject({
    mustChangePassword: true,
  });
  const first = await person.ask('/console/api/inbox');
  expect([first.status, (await first.json()).code]).toEqual([403, 'must-change-password']);
  expect((await person.changePassword('short')).ok).toBe(false);
  expect((await person.changePassword(person.oneTimePassword)).ok).toBe(false);
  expect((await person.ask('/console/api/inbox')).status).toBe(403);
  expect((await person.changePassword('correct horse battery')).ok).toBe(true);
  expect((await person.ask('/console/api/inbox')).status).toBe(200);
});

test('a row is masked: host and kind, no address, no title, no account', async () => {
  const desk = await atDesk(school, 'coordinator');
  const report = makeReport();
  await seat.report(report);
  const answer = await desk.ask('/console/api/inbox');
  const text = await answer.clone().text();
  expect(Inbox.parse(await answer.json()).rows).toMatchObject([
    { id: report.id, host: 'bad.example', what: 'page' },
  ]);
  const detail = await (await itemOf(desk, report.id)).text();
  for (const hidden of ['secret', 'A page with a title', 'pupil@school.example']) {
    expect(text).not.toContain(hidden);
    expect(detail).not.toContain(hidden);
  }
});

test('a look at title and address is shown, and written down with who looked', async () => {
  const desk = await atDesk(school, 'coordinator');
  const report = makeReport();
  await seat.report(report);
  const revealed = await desk.ask(`/console/api/inbox/${report.id}/reveal`, {});
  expect(Revealed.parse(await revealed.json())).toEqual({
    address: report.address,
    title: report.title,
    account: report.account,
    why: null,
  });
  const item = InboxItem.parse(await (await itemOf(desk, report.id)).json());
  expect(item.log).toMatchObject([{ by: 'The coordinator', act: 'reveal', note: null }]);
});

test('one tap closes many at once, all or nothing; a note stays; reopening is possible', async () => {
  const desk = await atDesk(school, 'coordinator');
  const reports = [makeReport(), makeReport(), makeReport()];
  await seat.report(...reports);
  const [one, two, three] = reports.map(({ id }) => id) as [string, string, string];
  const unknown = makeReport().id;
  expect((await act(desk, { act: 'no-concern', ids: [one, unknown] })).status).toBe(404);
  expect((await inboxOf(desk)).waiting).toBe(3);
  expect((await act(desk, { act: 'no-concern', ids: [one, two] })).status).toBe(200);
  expect((await act(desk, { act: 'done', ids: [three], note: 'Spoke with the class' })).status).toBe(200);
  expect(await inboxOf(desk)).toMatchObject({ rows: [], waiting: 0 });
  expect((await inboxOf(desk, '?state=all')).rows.map(({ state, notes }) => [state, notes])).toEqual([
    ['done', 1],
    ['no-concern', 0],
    ['no-concern', 0],
  ]);
  await act(desk, { act: 'reopen', ids: [one] });
  expect((await inboxOf(desk)).rows.map(({ id }) => id)).toEqual([one]);
  expect((await act(desk, { act: 'note', ids: [one], note: '' })).status).toBe(400);
});

test('the inbox comes in pages, newest first, and none is skipped', async () => {
  const desk = await atDesk(school, 'coordinator');
  const reports = Array.from({ length: 5 }, () => makeReport());
  await seat.report(...reports);
  const first = await inboxOf(desk, '?limit=3');
  expect(first).toMatchObject({ more: true, waiting: 5 });
  const rest = await inboxOf(desk, `?limit=3&before=${first.rows.at(-1)?.receivedAt}`);
  expect(rest.more).toBe(false);
  expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual(reports.map(({ id }) => id).reverse());
  expect((await desk.ask('/console/api/inbox?limit=9999')).status).toBe(400);
});

test('a late answer brings a closed report back if it makes it more urgent', async () => {
  const desk = await atDesk(school, 'coordinator');
  const report = makeReport();
  await seat.report(report);
  await act(desk, { act: 'no-concern', ids: [report.id] });
  await seat.report(makeAnswer(report.id, 'dont-like-it'));
  expect((await inboxOf(desk)).waiting).toBe(0);
  await seat.report(makeAnswer(report.id, 'someone-asking'));
  expect((await inboxOf(desk)).rows).toMatchObject([
    { id: report.id, urgency: 'now', state: 'new', notes: 0 },
  ]);
});

test('about a grown-up at school: from that answer on only the principal and the DSL know of it', async () => {
  const [coordinator, dsl, principal] = [
    await atDesk(school, 'coordinator'),
    await atDesk(school, 'dsl'),
    await atDesk(school, 'principal'),
  ];
  const [report, other] = [makeReport(), makeReport()];
  await seat.report(report, other);
  expect((await inboxOf(coordinator)).waiting).toBe(2);
  await seat.report(makeAnswer(report.id, 'grown-up-at-school'));

  expect(await inboxOf(coordinator)).toMatchObject({ rows: [{ id: other.id }], waiting: 1 });
  expect((await inboxOf(coordinator, '?state=all')).rows).toHaveLength(1);
  expect((await itemOf(coordinator, report.id)).status).toBe(404);
  expect((await coordinator.ask(`/console/api/inbox/${report.id}/reveal`, {})).status).toBe(404);
  expect((await act(coordinator, { act: 'no-concern', ids: [report.id] })).status).toBe(404);
  expect((await act(coordinator, { act: 'no-concern', ids: [other.id, report.id] })).status).toBe(404);
  for (const desk of [dsl, principal]) {
    expect((await inboxOf(desk)).waiting).toBe(2);
    expect((await itemOf(desk, report.id)).status).toBe(200);
    expect((await desk.ask(`/console/api/inbox/${report.id}/reveal`, {})).status).toBe(200);
  }
});

test('the network manager sees the fleet and no report', async () => {
  const desk = await atDesk(school, 'network-manager');
  const report = makeReport();
  await seat.report(report);
  for (const answer of [
    await desk.ask('/console/api/inbox'),
    await itemOf(desk, report.id),
    await desk.ask(`/console/api/inbox/${report.id}/reveal`, {}),
    await act(desk, { act: 'no-concern', ids: [report.id] }),
  ])
    expect([answer.status, (await answer.json()).code]).toEqual([403, 'not-your-role']);
  expect((await desk.ask('/console/api/fleet')).status).toBe(200);
});

test('the fleet says which seats have the newest policy in force', async () => {
  const published = await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  if (!published.ok) throw new Error('refused');
  const inForce = { policy: `1.${published.policy.issuedAt}`, catalogue: null, orders: null };
  const rest = {
    at: published.policy.issuedAt,
    extensionVersion: '0.1.0',
    stage: 'KS2',
    waiting: 0,
    setAside: 0,
    troubles: [],
  };
  await seat.post('/v1/health', { ...rest, downloaded: inForce, inForce });
  const behind = await school.enrol();
  await behind.post('/v1/health', { ...rest, downloaded: inForce, inForce: { ...inForce, policy: null } });
  const desk = await atDesk(school, 'network-manager');
  const { seats } = Fleet.parse(await (await desk.ask('/console/api/fleet')).json());
  expect(new Map(seats.map((line) => [line.seat, line.upToDate]))).toEqual(
    new Map([
      [seat.seat, true],
      [behind.seat, false],
    ]),
  );
});

test('sign-ins, the first password and every act are in the audit', async () => {
  const desk = await atDesk(school, 'coordinator');
  const report = makeReport();
  await seat.report(report);
  await desk.ask(`/console/api/inbox/${report.id}/reveal`, {});
  await act(desk, { act: 'done', ids: [report.id] });
  const lines = await school.endpoint.store
    .selectFrom('audit')
    .select(['by', 'act'])
    .orderBy('number')
    .execute();
  expect(lines.map(({ by, act }) => `${by}: ${act}`)).toEqual([
    'command line: added-person',
    'The coordinator: signed-in',
    'The coordinator: changed-password',
    'The coordinator: reveal',
    'The coordinator: done',
  ]);
});

test('another site cannot act in the name of somebody who is signed in', async () => {
  const desk = await atDesk(school, 'coordinator');
  const report = makeReport();
  await seat.report(report);
  const body = { act: 'no-concern', ids: [report.id] };
  const forged = await desk.ask('/console/api/inbox/act', body, { origin: 'https://evil.example' });
  expect([forged.status, (await forged.json()).code]).toEqual([403, 'foreign-origin']);
  expect((await inboxOf(desk)).waiting).toBe(1);
});

test('passwords cannot be guessed at speed, and nobody can sign up', async () => {
  const { ask, email } = await school.signIn('coordinator');
  const statuses: number[] = [];
  for (let guess = 0; guess < 12; guess += 1)
    statuses.push(
      (await ask('/console/auth/sign-in/email', { email, password: 'wrong wrong wrong' })).status,
    );
  expect(new Set(statuses)).toEqual(new Set([401, 429]));
  expect(
    (
      await ask('/console/auth/sign-up/email', {
        email: 'x@y.example',
        name: 'X',
        password: 'long enough pw',
      })
    ).ok,
  ).toBe(false);
});

test('pages may load nothing foreign and stand in no frame', async () => {
  const answer = await school.endpoint.console.request('http://console.school.example/');
  const policy = answer.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
});
