import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMailTransport } from '../../../admin/mail-transport.ts';
import { sha256 } from '../../../admin/sign.ts';
import { type Mailbox, openMailbox } from '../../fixtures/mailbox.ts';
import {
  atDesk,
  consoleUrl,
  makeAnswer,
  makeReport,
  makeRequest,
  openSchool,
  type School,
} from './school.ts';

let mailbox: Mailbox;
let school: School;
const from = 'keystage@school.example';
const mailSettings = (to: string[]) => ({ transport: createMailTransport(mailbox.url), from, to });

beforeEach(async () => {
  mailbox = await openMailbox();
  school = await openSchool({ mail: mailSettings(['safeguarding@school.example']), now: () => new Date() });
});
afterEach(async () => {
  await school.close();
  await mailbox.close();
});

const states = async () =>
  (await school.endpoint.store.selectFrom('mails').select('state').orderBy('number').execute()).map(
    ({ state }) => state,
  );
/** Long header lines are folded on the wire. */
const header = (raw: string, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(raw.replace(/\r?\n[ \t]+/g, ' '))?.[1]?.trim();

test('a report sends one e-mail that says only that it waits, and where', async () => {
  const seat = await school.enrol();
  await seat.report(makeReport());
  const [mail] = await mailbox.holds(1);
  expect(mail?.to).toEqual(['safeguarding@school.example']);
  expect(header(mail?.raw ?? '', 'Subject')).toBe('Keystage: a report is waiting');
  expect(mail?.raw).toContain(consoleUrl);
  for (const hidden of ['bad.example', 'A page with a title', 'pupil@', 'KS2'])
    expect(mail?.raw).not.toContain(hidden);
});

test('the same report again, a repeat of an answer, and a request send nothing more', async () => {
  const seat = await school.enrol();
  const report = makeReport();
  const answer = makeAnswer(report.id, 'upset-me');
  await seat.report(report, answer);
  await mailbox.holds(1);
  await seat.report(report, answer, makeAnswer(report.id, 'dont-like-it'));
  await seat.post('/v1/requests', { events: [makeRequest()] });
  await seat.report(makeReport());
  await mailbox.holds(2);
  expect(await states()).toHaveLength(2);
});

test('a later answer that makes it more urgent sends another e-mail that says so', async () => {
  const seat = await school.enrol();
  const report = makeReport();
  await seat.report(report);
  await mailbox.holds(1);
  await seat.report(makeAnswer(report.id, 'someone-asking'));
  const mails = await mailbox.holds(2);
  expect(header(mails[1]?.raw ?? '', 'Subject')).toBe('Keystage: a report needs somebody now');
});

test('about a grown-up at school: only principal and DSL are written to', async () => {
  await atDesk(school, 'principal');
  await atDesk(school, 'dsl');
  await atDesk(school, 'coordinator');
  const seat = await school.enrol();
  const report = makeReport();
  await seat.report(report, makeAnswer(report.id, 'grown-up-at-school'));
  const mails = await mailbox.holds(2);
  expect(mails.flatMap(({ to }) => to).sort()).toEqual(['dsl@school.example', 'principal@school.example']);
  await school.endpoint.close();
  expect(mailbox.mails).toHaveLength(2);
});

test('an ordinary e-mail that still waits is withdrawn when the answer says that it is about a grown-up', async () => {
  await school.close();
  school = await openSchool({ mail: mailSettings(['safeguarding@school.example']), mailAfterMs: 3_600_000 });
  await atDesk(school, 'dsl');
  const seat = await school.enrol();
  const report = makeReport();
  await seat.report(report);
  await seat.report(makeAnswer(report.id, 'grown-up-at-school'));
  expect((await mailbox.holds(1)).flatMap(({ to }) => to)).toEqual(['dsl@school.example']);
  school.clock.now += 3_600_000;
  // Another urgent one makes the post look again; it sends what is due.
  const next = makeReport();
  await seat.report(next, makeAnswer(next.id, 'upset-me'));
  const [, second] = await mailbox.holds(2);
  expect(header(second?.raw ?? '', 'Subject')).toBe('Keystage: a report is waiting, please look soon');
  await expect.poll(async () => (await states())[0], { interval: 20 }).toBe('withdrawn');
});

test('several ordinary reports that wait together are one e-mail with their number', async () => {
  mailbox.refuse(true);
  await school.close();
  school = await openSchool({ mail: mailSettings([]), mailAfterMs: 3_600_000 });
  await atDesk(school, 'coordinator');
  const seat = await school.enrol();
  for (let count = 0; count < 3; count += 1) await seat.report(makeReport());
  mailbox.refuse(false);
  school.clock.now += 3_600_001;
  const urgent = makeReport();
  await seat.report(urgent, makeAnswer(urgent.id, 'upset-me'));
  const mails = await mailbox.holds(2);
  expect(mails.map(({ raw }) => /(\d+) reports are waiting/.exec(raw)?.[1]).filter(Boolean)).toEqual(['3']);
});

test('while the mail server refuses nothing is lost; afterwards everything goes out once', async () => {
  mailbox.refuse(true);
  const seat = await school.enrol();
  await seat.report(makeReport());
  await expect.poll(() => mailbox.refused(), { interval: 20 }).toBe(1);
  await expect.poll(states, { interval: 20 }).toEqual(['waiting']);
  const [waiting] = await school.endpoint.store.selectFrom('mails').selectAll().execute();
  expect(waiting).toMatchObject({ attempts: 1, problem: expect.any(String) });
  expect(Date.parse(waiting?.nextAt ?? '')).toBeGreaterThan(Date.now() + 3_000);

  mailbox.refuse(false);
  await school.endpoint.store.updateTable('mails').set({ nextAt: new Date().toISOString() }).execute();
  await seat.report(makeReport());
  await mailbox.holds(2);
  await school.endpoint.close();
  expect(mailbox.mails).toHaveLength(2);
});

test('what a crash left half-sent goes out again under the same Message-ID, and only to whom it had not reached', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keystage-mail-'));
  const before = await openSchool({ folder });
  const seat = await before.enrol();
  await seat.report(makeReport());
  const reached = sha256('one@school.example').slice(0, 16);
  await before.endpoint.store
    .updateTable('mails')
    .set({ state: 'sending', delivered: JSON.stringify([reached]) })
    .execute();
  const [{ id }] = (await before.endpoint.store.selectFrom('mails').select('id').execute()) as [
    { id: string },
  ];
  await before.endpoint.close();

  const after = await openSchool({
    folder,
    mail: mailSettings(['one@school.example', 'two@school.example']),
  });
  const [mail] = await mailbox.holds(1);
  await after.endpoint.close();
  await rm(folder, { recursive: true });
  expect(mailbox.mails).toHaveLength(1);
  expect(mail?.to).toEqual(['two@school.example']);
  expect(header(mail?.raw ?? '', 'Message-ID')).toBe(
    `<${id}.${sha256('two@school.example').slice(0, 16)}@school.example>`,
  );
});

test('without a mail server mails wait in the outbox, and the fleet says so', async () => {
  const quiet = await openSchool();
  await (await quiet.enrol()).report(makeReport());
  const fleet = await (await atDesk(quiet, 'network-manager')).ask('/console/api/fleet');
  const since = expect.stringMatching(/^2026-09-07T10:00/);
  expect((await fleet.json()).mail).toEqual({ sends: false, waiting: 1, since, problem: null });
  expect(await quiet.endpoint.store.selectFrom('mails').select('state').execute()).toEqual([
    { state: 'waiting' },
  ]);
  await quiet.close();
});
