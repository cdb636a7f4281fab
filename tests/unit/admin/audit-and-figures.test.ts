import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFigures } from '../../../admin/figures.ts';
import type { AuditPage, Figures } from '../../../admin/people/wire.ts';
import {
  atDesk,
  examplePolicy,
  makeAnswer,
  makeReport,
  makeRequest,
  openSchool,
  type School,
} from './school.ts';

let school: School;
beforeEach(async () => {
  school = await openSchool();
});
afterEach(() => school.close());

type Desk = Awaited<ReturnType<typeof atDesk>>;
const audit = async (desk: Desk, question = ''): Promise<AuditPage> =>
  (await desk.ask(`/console/api/audit${question}`)).json();
const figures = async (desk: Desk): Promise<Figures> => (await desk.ask('/console/api/figures')).json();

test('the audit says who did what, newest first, in pages without a gap, by person and by act', async () => {
  const principal = await atDesk(school, 'principal');
  for (let at = 0; at < 7; at += 1)
    await principal.ask('/console/auth/sign-in/email', { email: principal.email, password: 'wrong' });
  const all = (await audit(principal, '?limit=200')).rows;
  const pages: AuditPage['rows'] = [];
  for (let before = ''; ; before = `&before=${pages.at(-1)?.number}`) {
    const page = await audit(principal, `?limit=3${before}`);
    pages.push(...page.rows);
    if (!page.more) break;
  }
  expect(pages).toEqual(all);
  expect(all.map(({ number }) => number)).toEqual(all.map(({ number }) => number).sort((a, b) => b - a));

  const failed = await audit(principal, '?act=sign-in-failed');
  expect(failed.rows).toHaveLength(7);
  expect(failed.rows[0]).toMatchObject({ by: 'The principal', facts: { way: 'password' } });
  const [me] = failed.people;
  expect((await audit(principal, `?person=${me?.id}&act=changed-password`)).rows).toHaveLength(1);
  expect((await principal.ask('/console/api/audit?before=x')).status).toBe(400);
});

test('notes on reports stay on the report; a report about a grown-up leaves no trace for who may not know', async () => {
  const dsl = await atDesk(school, 'dsl');
  const slt = await atDesk(school, 'slt');
  const seat = await school.enrol();
  const [open, hidden] = [makeReport(), makeReport()];
  await seat.report(open, hidden);
  await seat.report(makeAnswer(hidden.id, 'grown-up-at-school'));
  const note = (id: string) =>
    dsl.ask('/console/api/inbox/act', { act: 'note', ids: [id], note: 'Spoke to Sam’s mother' });
  await note(open.id);
  await note(hidden.id);
  await dsl.ask(`/console/api/inbox/${hidden.id}/reveal`, {});

  const ofDsl = await audit(dsl);
  expect(ofDsl.rows.filter(({ act }) => act === 'note')).toHaveLength(2);
  expect(ofDsl.acts).toContain('reveal');
  const ofSlt = await audit(slt);
  expect(ofSlt.rows.filter(({ act }) => act === 'note')).toHaveLength(1);
  expect(ofSlt.acts).not.toContain('reveal');
  expect((await audit(slt, '?act=reveal')).rows).toEqual([]);
  for (const page of [ofDsl, ofSlt]) expect(JSON.stringify(page)).not.toContain('Sam');
  // Whoever does not read the inbox is led to no report.
  for (const { id } of [open, hidden]) expect(JSON.stringify(ofSlt)).not.toContain(id);
});

test('a note never reaches the page, and of the facts only those that it has words for', async () => {
  const principal = await atDesk(school, 'principal');
  await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  const line = { at: new Date().toISOString(), person: null, by: 'x', item: null };
  await school.endpoint.store
    .insertInto('audit')
    .values([
      { ...line, act: 'some-new-act', note: 'a.pupil@school.example', facts: '{"pupil":"a.pupil"}' },
      { ...line, act: 'gave-day-pass', note: null, facts: '{"name":"Mr Okoro","classes":["2b","gone"]}' },
    ])
    .execute();
  const { rows } = await audit(principal);
  expect(JSON.stringify(rows)).not.toContain('pupil');
  expect(rows[1]).toMatchObject({ act: 'some-new-act', facts: {} });
  expect(rows[0]).toMatchObject({
    act: 'gave-day-pass',
    facts: { name: 'Mr Okoro', classes: ['2B', 'gone'] },
  });
});

test('figures: counts by week and how soon, nothing about fewer than three, nothing about a grown-up', async () => {
  const governor = await atDesk(school, 'governor');
  const dsl = await atDesk(school, 'dsl');
  const seat = await school.enrol();
  const reports = Array.from({ length: 4 }, () => makeReport());
  const two = [makeReport(), makeReport()];
  const about = Array.from({ length: 3 }, () => makeReport());
  await seat.report(...reports, ...two, ...about);
  for (const { id } of two) await seat.report(makeAnswer(id, 'someone-asking'));
  for (const { id } of about) await seat.report(makeAnswer(id, 'grown-up-at-school'));
  await seat.post('/v1/requests', { events: [makeRequest(), makeRequest(), makeRequest()] });
  school.clock.now += 30 * 60_000;
  await dsl.ask('/console/api/inbox/act', {
    act: 'no-concern',
    ids: reports.slice(0, 3).map(({ id }) => id),
  });

  const { weeks, since } = await figures(governor);
  expect([weeks.length, since]).toEqual([1, '2026-09-07']);
  expect(weeks[0]).toEqual({
    monday: '2026-09-07',
    reports: { ordinary: 4, soon: null, now: null },
    minutesToFirstLook: 30,
    requests: 3,
    requestsAnswered: null,
    lessons: null,
    openings: null,
  });

  school.clock.now += 7 * 86_400_000;
  const next = await figures(governor);
  expect(next.weeks.map(({ monday }) => monday)).toEqual(['2026-09-14', '2026-09-07']);
  expect(next.weeks[0]).toMatchObject({ requests: null, minutesToFirstLook: null });
  expect(next.weeks[1]?.reports.ordinary).toBe(4);

  // Twelve weeks later there are twelve, and nothing has to be said about those before.
  school.clock.now += 11 * 7 * 86_400_000;
  const later = await readFigures(school.endpoint.store, 'Europe/London', new Date(school.clock.now));
  expect([later.weeks.length, later.since]).toEqual([12, null]);
});
