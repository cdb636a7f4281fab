import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Fleet, Inbox } from '../../../admin/console-wire.ts';
import { AuditPage } from '../../../admin/people/wire.ts';
import { openStore } from '../../../admin/store/open.ts';
import { placeOf } from '../../../admin/urgency.ts';
import type { Answer } from '../../../rules/wire.ts';
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
let seat: Awaited<ReturnType<School['enrol']>>;
let desk: Awaited<ReturnType<typeof atDesk>>;
beforeEach(async () => {
  school = await openSchool();
  seat = await school.enrol();
  desk = await atDesk(school, 'dsl');
});
afterEach(() => school.close());

const inbox = async (query = '') =>
  Inbox.parse(await (await desk.ask(`/console/api/inbox?limit=200${query}`)).json());
const act = async (body: object) => {
  const answer = await desk.ask('/console/api/inbox/act', body);
  return answer.ok ? 'done' : `${answer.status} ${(await answer.json()).code}`;
};
const asked = async (): Promise<string[]> =>
  (await (await desk.ask('/console/api/requests')).json()).requests.map(({ id }: { id: string }) => id);

async function ask() {
  const request = makeRequest();
  await seat.post('/v1/requests', { events: [request] });
  return request.id;
}

async function report(...answers: Answer[]) {
  const { id, ...rest } = makeReport();
  await seat.report({ id, ...rest }, ...answers.map((answer) => makeAnswer(id, answer)));
  return id;
}

test('what a child asks for is answered, and never judged: neither alone nor among reports', async () => {
  const [request, one] = [await ask(), await report()];
  expect(await inbox()).toMatchObject({ rows: [{ id: one }], waiting: 1 });
  expect((await inbox('&state=all')).rows.map(({ id }) => id)).toEqual([one, request]);
  for (const how of ['no-concern', 'done', 'reopen'])
    for (const ids of [[request], [one, request]])
      expect(await act({ act: how, ids })).toBe('409 answered-on-requests');
  expect(await asked()).toEqual([request]);
  expect((await inbox()).waiting).toBe(1);
  expect(await act({ act: 'note', ids: [request], note: 'Asked her teacher' })).toBe('done');

  const said = await desk.ask(`/console/api/requests/${request}/answer`, {
    answer: 'no',
    reason: 'not today',
  });
  expect(said.status).toBe(200);
  expect(await act({ act: 'reopen', ids: [request] })).toBe('409 answered-on-requests');
});

test('what was judged without an answer before this version waits on Requests again', async () => {
  const [judged, answered, closed] = [await ask(), await ask(), await report()];
  await desk.ask(`/console/api/requests/${answered}/answer`, { answer: 'no', reason: 'not today' });
  const { store } = school.endpoint;
  await store.updateTable('items').set({ state: 'no-concern' }).where('id', 'in', [judged, closed]).execute();
  expect(await asked()).toEqual([]);
  await sql`delete from "kysely_migration" where "name" = '016-unanswered-requests'`.execute(store);
  await (await openStore(school.folder)).destroy();
  expect(await asked()).toEqual([judged]);
  expect((await inbox()).waiting).toBe(0);
});

test('what is urgent is judged by itself: among many it closes nothing at all', async () => {
  const [plain, other, soon, now] = [
    await report(),
    await report('dont-like-it'),
    await report('upset-me'),
    await report('someone-asking'),
  ];
  for (const urgent of [soon, now])
    for (const how of ['no-concern', 'done'])
      expect(await act({ act: how, ids: [plain, urgent] })).toBe('409 urgent-alone');
  expect((await inbox()).waiting).toBe(4);
  expect(await act({ act: 'no-concern', ids: [plain, other] })).toBe('done');
  expect(await act({ act: 'done', ids: [now, now] })).toBe('done');
  expect(await act({ act: 'no-concern', ids: [soon] })).toBe('done');
  expect(await act({ act: 'reopen', ids: [soon, now] })).toBe('done');
});

test('what is urgent and not judged comes first, then the newest, on every page', async () => {
  const sent: string[] = [];
  for (const answers of [['someone-asking'], ['upset-me'], [], ['someone-asking'], [], ['someone-asking']])
    sent.push(await report(...(answers as Answer[])));
  const [now, soon, plain, laterNow, laterPlain, judged] = sent;
  await act({ act: 'done', ids: [judged] });

  const fresh = [laterNow, now, soon, laterPlain, plain];
  const all = [laterNow, now, soon, judged, laterPlain, plain];
  for (const [state, order] of [
    ['new', fresh],
    ['all', all],
  ] as const)
    for (const limit of [1, 2, 3, 4]) {
      const ids: string[] = [];
      for (let next = '', turn = 0; turn <= all.length; turn += 1) {
        const page = Inbox.parse(
          await (await desk.ask(`/console/api/inbox?state=${state}&limit=${limit}${next}`)).json(),
        );
        ids.push(...page.rows.map(({ id }) => id));
        const last = page.rows.at(-1);
        if (!page.more || !last) break;
        next = `&before=${last.receivedAt}&urgency=${placeOf(last)}`;
      }
      expect(ids, `${state}, ${limit} at a time`).toEqual(order);
    }
});

test('the audit says the class a report came from, and leads whoever reads the inbox to it', async () => {
  await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  const of2b = makeReport({ group: '2b' });
  await seat.report(of2b);
  await act({ act: 'no-concern', ids: [of2b.id] });
  const line = async (who: typeof desk) =>
    AuditPage.parse(await (await who.ask('/console/api/audit?act=no-concern')).json()).rows[0];
  expect(await line(desk)).toMatchObject({ item: of2b.id, facts: { from: '2B' } });
  expect(await line(await atDesk(school, 'slt'))).toMatchObject({ item: null, facts: { from: '2B' } });
});

test('where no mail server is set, whoever reads reports is told, and so is the network manager', async () => {
  await report();
  expect((await inbox()).sendsMail).toBe(false);
  const { mail } = Fleet.parse(await (await desk.ask('/console/api/fleet')).json());
  expect(mail).toEqual({ sends: false, waiting: 1, since: '2026-09-07T10:00:00.000Z', problem: null });
});
