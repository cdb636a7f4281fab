import { afterEach, beforeEach, expect, test } from 'vitest';
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

/** Reads the stream of one desk and counts what it was told; nothing is awaited but the events themselves. */
async function listenAt(desk: Awaited<ReturnType<typeof atDesk>>) {
  const answer = await desk.ask('/console/api/live');
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const until = async (event: string, times: number) => {
    while (heard.split(`event: ${event}\n`).length - 1 < times) {
      const part = await reader?.read();
      if (!part || part.done) throw new Error('the stream ended');
      heard += part.value;
    }
  };
  await until('ready', 1);
  /** Everything that was said until the endpoint ended the stream. */
  const all = async () => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      heard += part.value;
    return heard;
  };
  return {
    changed: (times: number) => until('changed', times),
    lessons: (times: number) => until('lessons', times),
    all,
  };
}

const timesChanged = (heard: string) => heard.split('event: changed\n').length - 1;

test('an open inbox is told of a report without asking, and of nothing else about it', async () => {
  const live = await listenAt(await atDesk(school, 'coordinator'));
  await (await school.enrol()).report(makeReport());
  await live.changed(1);
  school.endpoint.endLive();
  expect(await live.all()).not.toContain('bad.example');
});

test('of a report about a grown-up at school only principal and DSL hear', async () => {
  const coordinator = await listenAt(await atDesk(school, 'coordinator'));
  const dsl = await listenAt(await atDesk(school, 'dsl'));
  const seat = await school.enrol();
  const report = makeReport();
  await seat.report(makeAnswer(report.id, 'grown-up-at-school'), report);
  await seat.report(makeAnswer(report.id, 'upset-me'));
  await dsl.changed(2);
  school.endpoint.endLive();
  expect(timesChanged(await coordinator.all())).toBe(0);
});

test('a report that becomes one about a grown-up at school vanishes from the inboxes that showed it', async () => {
  const coordinator = await listenAt(await atDesk(school, 'coordinator'));
  const seat = await school.enrol();
  const report = makeReport();
  await seat.report(report);
  await seat.report(makeAnswer(report.id, 'grown-up-at-school'));
  await seat.report(makeAnswer(report.id, 'upset-me'));
  await coordinator.changed(2);
  school.endpoint.endLive();
  expect(timesChanged(await coordinator.all())).toBe(2);
});

test('whoever runs lessons is told that one changed, once for all that happens in a moment, and no word of the inbox', async () => {
  await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  const teacher = await atDesk(school, 'teacher');
  const live = await listenAt(teacher);
  const governor = await atDesk(school, 'governor');
  expect((await governor.ask('/console/api/live')).status).toBe(403);
  await teacher.ask('/console/api/lessons', {
    groups: ['5-oak'],
    kind: 'directed',
    endsAt: new Date(school.clock.now + 1_800_000).toISOString(),
  });
  await live.lessons(1);
  await (await school.enrol()).report(makeReport());
  school.endpoint.endLive();
  expect(timesChanged(await live.all())).toBe(0);
});

test('whoever answers pupils is told that one asks, also the network manager, who hears nothing of the inbox', async () => {
  await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  const live = await listenAt(await atDesk(school, 'network-manager'));
  await (await school.enrol()).post('/v1/requests', { events: [makeRequest()] });
  await live.lessons(1);
  school.endpoint.endLive();
  expect(timesChanged(await live.all())).toBe(0);
});
