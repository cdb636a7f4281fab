import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Revealed } from '../../../admin/console-wire.ts';
import {
  atDesk,
  makeAnswer,
  makeRepeat,
  makeReport,
  makeRequest,
  makeReturn,
  openSchool,
  type School,
} from './school.ts';

let school: School;
beforeEach(async () => {
  school = await openSchool();
});
afterEach(() => school.close());

const pupil = { deviceId: 'cart-7', account: 'a@school.example' };
const items = () => school.endpoint.store.selectFrom('items').selectAll().execute();
const receiptsOf = async (answer: Response | Promise<Response>) => (await (await answer).json()).receipts;

test('a stranger’s answer, repeat and return are refused for good, and leave no trace', async () => {
  const [mine, stranger] = [
    await school.enrol(pupil),
    await school.enrol({ deviceId: 'd9', account: 'z@x.example' }),
  ];
  const report = makeReport();
  await mine.report(report);
  const added = [makeAnswer(report.id, 'grown-up-at-school'), makeRepeat(report.id), makeReturn(report.id)];
  const own = makeReport();
  expect(await receiptsOf(stranger.report(...added, own))).toEqual([
    ...added.map(({ id }) => ({ id, status: 'refused', code: 'not-your-report' })),
    { id: own.id, status: 'stored' },
  ]);
  expect(await items()).toMatchObject([
    { id: report.id, answers: '[]', count: 1, returned: 0, restricted: 0 },
    { id: own.id },
  ]);
  expect(await school.endpoint.store.selectFrom('events').selectAll().execute()).toHaveLength(2);
});

test.each([
  ['the same account on another device', { deviceId: 'home', account: pupil.account }],
  ['the same device with another account', { deviceId: pupil.deviceId, account: 'b@school.example' }],
  ['the same device before anybody is known', { deviceId: pupil.deviceId }],
])('%s may add', async (_what, who) => {
  const report = makeReport();
  await (await school.enrol(pupil)).report(report);
  const answer = makeAnswer(report.id, 'upset-me');
  expect(await receiptsOf((await school.enrol(who)).report(answer))).toEqual([
    { id: answer.id, status: 'stored' },
  ]);
  expect(await items()).toMatchObject([{ answers: '["upset-me"]' }]);
});

test('the same browser profile may add after Chrome has told who it is', async () => {
  const installId = randomUUID();
  const report = makeReport();
  await (await school.enrol({ installId })).report(report);
  const later = await school.enrol({ ...pupil, installId });
  expect(await receiptsOf(later.report(makeRepeat(report.id)))).toMatchObject([{ status: 'stored' }]);
});

test('two profiles of which Chrome tells nothing are strangers', async () => {
  const report = makeReport();
  await (await school.enrol()).report(report);
  const other = await school.enrol();
  expect(await receiptsOf(other.report(makeRepeat(report.id)))).toMatchObject([{ code: 'not-your-report' }]);
});

test('what came before its report is kept, and counts only if it came from the same', async () => {
  const [mine, stranger] = [await school.enrol(pupil), await school.enrol()];
  const report = makeReport();
  expect(await receiptsOf(stranger.report(makeAnswer(report.id, 'someone-asking')))).toMatchObject([
    { status: 'stored' },
  ]);
  await mine.report(makeAnswer(report.id, 'upset-me'));
  await mine.report(report);
  expect(await items()).toMatchObject([{ answers: '["upset-me"]', urgency: 'soon' }]);
});

test('the same refused event again is refused again, the same stored one stored again', async () => {
  const [mine, stranger] = [await school.enrol(pupil), await school.enrol()];
  const report = makeReport();
  const repeat = makeRepeat(report.id);
  await mine.report(report, repeat);
  expect(await receiptsOf(mine.report(repeat))).toEqual([{ id: repeat.id, status: 'stored' }]);
  for (let time = 0; time < 2; time += 1)
    expect(await receiptsOf(stranger.report(makeReturn(report.id)))).toMatchObject([{ status: 'refused' }]);
});

test('an id that stands for something else is refused, so that the device keeps its only copy', async () => {
  const [mine, stranger] = [await school.enrol(pupil), await school.enrol()];
  const [report, other] = [makeReport(), makeReport()];
  await mine.report(report, other);
  const taken = (id: string) => [{ id, status: 'refused', code: 'id-taken' }];
  expect(await receiptsOf(stranger.report({ ...report, title: 'another' }))).toEqual(taken(report.id));
  const request = makeRequest({ id: report.id });
  expect(await receiptsOf(mine.post('/v1/requests', { events: [request] }))).toEqual(taken(report.id));
  const answer = makeAnswer(report.id, 'upset-me');
  await mine.report(answer);
  expect(await receiptsOf(mine.report({ ...makeRepeat(report.id), id: answer.id }))).toEqual(
    taken(answer.id),
  );
  expect(await receiptsOf(mine.report({ ...answer, report: other.id }))).toEqual(taken(answer.id));
  expect(await receiptsOf(mine.report(report, answer))).toMatchObject([
    { status: 'stored' },
    { status: 'stored' },
  ]);
  expect(await items()).toMatchObject([{ id: report.id, kind: 'report' }, { id: other.id }]);
});

test('the same event again after the profile got another seat is the same event', async () => {
  const installId = randomUUID();
  const report = makeReport();
  await (await school.enrol({ installId })).report(report);
  const later = await school.enrol({ ...pupil, installId });
  expect(await receiptsOf(later.report(report))).toEqual([{ id: report.id, status: 'stored' }]);
});

test('a report says when its account is doubtful: another than the seat’s, or one that many seats claim at once', async () => {
  const desk = await atDesk(school, 'coordinator');
  const doubtAbout = async (who: { deviceId: string; account: string }, account: string) => {
    const report = makeReport({ account });
    await (await school.enrol(who)).report(report);
    const shown = await desk.ask(`/console/api/inbox/${report.id}/reveal`, {});
    return Revealed.parse(await shown.json()).doubt;
  };
  expect(await doubtAbout(pupil, pupil.account)).toBeUndefined();
  expect(await doubtAbout(pupil, pupil.account.toUpperCase())).toBeUndefined();
  expect(await doubtAbout(pupil, 'shared')).toBeUndefined();
  expect(await doubtAbout(pupil, 'somebody.else@school.example')).toBe('other-account');
  for (const device of ['f1', 'f2', 'f3', 'f4']) await school.enrol({ ...pupil, deviceId: device });
  expect(await doubtAbout({ ...pupil, deviceId: 'f4' }, pupil.account)).toBe('many-seats');
  school.clock.now += 2 * 3_600_000;
  expect(await doubtAbout({ ...pupil, deviceId: 'home' }, pupil.account)).toBeUndefined();
});
