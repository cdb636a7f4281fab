import { afterEach, beforeEach, expect, test } from 'vitest';
import { atDesk, makeAnswer, makeReport, openSchool, type School } from './school.ts';

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
  return {
    changed: (times: number) => until('changed', times),
    heard: () => heard,
    end: () => reader?.cancel(),
  };
}

test('an open inbox is told of a report without asking, and of nothing else about it', async () => {
  const live = await listenAt(await atDesk(school, 'coordinator'));
  await (await school.enrol()).report(makeReport());
  await live.changed(1);
  expect(live.heard()).not.toContain('bad.example');
  await live.end();
});

test('of a report about a grown-up at school only principal and DSL hear', async () => {
  const [coordinator, dsl] = [
    await listenAt(await atDesk(school, 'coordinator')),
    await listenAt(await atDesk(school, 'dsl')),
  ];
  const seat = await school.enrol();
  const [report, ordinary] = [makeReport(), makeReport()];
  await seat.report(makeAnswer(report.id, 'grown-up-at-school'), report);
  await seat.report(makeAnswer(report.id, 'upset-me'));
  await dsl.changed(2);
  await seat.report(ordinary);
  await dsl.changed(3);
  // One for the ordinary report, and none before it.
  await coordinator.changed(1);
  expect(coordinator.heard().match(/event: changed/g)).toHaveLength(1);
  await Promise.all([coordinator.end(), dsl.end()]);
});
