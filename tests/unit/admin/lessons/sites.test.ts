import { expect, test } from 'vitest';
import { polled } from '../lessons-school.ts';
import { atDesk, examplePolicy } from '../school.ts';
import { useClassroom } from './classroom.ts';

const room = useClassroom();
const { startAt, started, change, classes } = room;

test('at KS1 a pasted address is an act of approval: looked at, with a reason, for a page and never a whole site', async () => {
  const pasted = (site: object) => ({
    groups: ['2b'],
    kind: 'directly-supervised',
    sites: [{ entry: 'www.story.example/three-bears', looked: true, reason: 'Our story today', ...site }],
  });
  for (const [site, code] of [
    [{ entry: 'www.story.example' }, 'whole-host'],
    [{ entry: 'https://www.story.example/' }, 'whole-host'],
    [{ looked: false }, 'not-looked'],
    [{ looked: undefined }, 'not-looked'],
    [{ reason: ' ' }, 'no-reason'],
  ] as const)
    expect(await (await startAt(room.desk, pasted(site))).json()).toMatchObject({ code });
  // Also one that stands on an approved list: it is the list that is chosen then.
  const approved = (await classes()).lists
    .flatMap(({ sites }) => sites)
    .find(({ entry }) => !/[/?]/.test(entry));
  expect(await (await startAt(room.desk, pasted({ entry: approved?.entry }))).json()).toMatchObject({
    code: 'whole-host',
  });
  const lesson = await started(pasted({}));
  expect(lesson.sites).toEqual([
    {
      entry: 'www.story.example/three-bears',
      reason: 'Our story today',
      approvedBy: 'The teacher',
      previewedAt: '2026-09-07',
    },
  ]);
  const seat = await room.school.enrol({ group: '2b', stage: 'KS1' });
  expect((await polled(seat)).lessons[0]?.sites).toEqual(lesson.sites);
  expect(
    await (
      await change(lesson.id, {
        change: 'add-sites',
        sites: [{ entry: 'all.example', looked: true, reason: 'more' }],
      })
    ).json(),
  ).toMatchObject({ code: 'whole-host' });
});

test('what is closed as sensitive is refused by name, what is ordinary is not', async () => {
  const policy = {
    ...(await examplePolicy()),
    lists: [
      { id: 'never', title: 'Never', says: 'locked', entries: [{ entry: 'locked.example' }] },
      {
        id: 'ours',
        title: 'Ours',
        says: 'closed',
        entries: [{ entry: 'shut.example' }, { entry: 'shop.whole.example' }],
      },
    ],
    timetable: undefined,
  };
  await room.school.endpoint.publishPolicy(policy, 'test');
  const ask = async (entry: string) => (await startAt(room.desk, { sites: [{ entry }] })).json();
  expect(await ask('www.locked.example/a')).toMatchObject({
    code: 'locked',
    message: expect.stringContaining('www.locked.example/a'),
  });
  // A whole site would open what is closed below it, too.
  expect(await ask('whole.example')).toMatchObject({
    code: 'ask-network-manager',
    message: expect.stringContaining('shop.whole.example'),
  });
  expect(await ask('whole.example/page')).toMatchObject({ kind: 'directed' });
  expect(await ask('shut.example/page')).toMatchObject({
    code: 'ask-network-manager',
    message: expect.stringContaining('shut.example/page'),
  });
  // Games are ordinary: a teacher opens one for her lesson.
  expect(await ask('play.example/sums')).toMatchObject({ kind: 'directed' });
});

test('whoever may not paste opens approved lists only', async () => {
  const assistant = await atDesk(room.school, 'teaching-assistant');
  await room.school.endpoint.store
    .insertInto('teaches')
    .values({ email: assistant.email, group: '5-oak', source: 'hand' })
    .execute();
  expect((await classes(assistant)).mayPaste).toBe(false);
  const refused = await startAt(assistant);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ code: 'may-not-paste' });
  expect((await startAt(assistant, { sites: [] })).status).toBe(200);
});
