import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditPage, Figures } from '../../../admin/people/wire.ts';
import { atDesk, makeAnswer, makeReport, makeRequest, openSchool, type School } from './school.ts';

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
  expect(failed.rows[0]).toMatchObject({ by: 'The principal', note: 'password' });
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
  for (const page of [ofDsl, ofSlt]) {
    expect(JSON.stringify(page)).not.toContain('Sam');
    expect(JSON.stringify(page)).not.toContain(open.id);
  }
});

test('a note of an act that nobody has judged fit for the page is not shown', async () => {
  const principal = await atDesk(school, 'principal');
  const line = { at: new Date().toISOString(), person: null, by: 'x', item: null };
  await school.endpoint.store
    .insertInto('audit')
    .values([
      { ...line, act: 'some-new-act', note: 'a.pupil@school.example' },
      { ...line, act: 'gave-day-pass', note: 'Mr Okoro' },
    ])
    .execute();
  const { rows } = await audit(principal);
  expect(rows[1]).toMatchObject({ act: 'some-new-act', note: null });
  expect(rows[0]).toMatchObject({ act: 'gave-day-pass', note: 'Mr Okoro' });
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

  const { weeks } = await figures(governor);
  expect(weeks).toHaveLength(12);
  expect(weeks[0]).toEqual({
    monday: '2026-09-07',
    reports: { ordinary: 4, soon: null, now: null },
    minutesToFirstLook: 30,
    requests: 3,
    requestsAnswered: null,
    lessons: null,
    openings: null,
  });
  expect(weeks[1]).toMatchObject({ monday: '2026-08-31', requests: null, minutesToFirstLook: null });

  school.clock.now += 7 * 86_400_000;
  expect((await figures(governor)).weeks[1]?.reports.ordinary).toBe(4);
});
