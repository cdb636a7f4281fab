import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Requests } from '../../../../admin/requests/wire.ts';
import { hashAccount } from '../../../../admin/store/seats.ts';
import type { RequestEvent } from '../../../../rules/wire.ts';
import { after as minutesOn, polled } from '../lessons-school.ts';
import { atDesk, examplePolicy, makeRequest, openSchool, type School } from '../school.ts';

/** What a clever child or a dishonest adult tried on the openings of issue 4, and what happens instead. */

let school: School;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keystage-test-'));
  school = await openSchool({ folder });
  await writeFile(join(folder, 'sources', 'gambling.txt'), '# bets\nbets.example\n');
  await writeFile(join(folder, 'sources', 'social.txt'), '# social\nfriends.example\n');
  const policy = await examplePolicy();
  const list = (id: string, more: object, entry: string) => ({
    id,
    title: id,
    says: 'open',
    ...more,
    entries: [{ entry, reason: 'maths of chance', approvedBy: 'Head of maths' }],
  });
  const published = await school.endpoint.publishPolicy(
    {
      ...policy,
      timetable: undefined,
      longestLesson: undefined,
      lists: [...policy.lists, list('ks4-chance', { stages: ['KS4'] }, 'bets.example')],
    },
    'test',
  );
  if (!published.ok) throw new Error(JSON.stringify(published.issues));
  await school.endpoint.publishCatalogue();
});
afterEach(() => school.close());

type Desk = Awaited<ReturnType<typeof atDesk>>;
type Seat = Awaited<ReturnType<School['enrol']>>;

const code = async (answer: Response | Promise<Response>) => {
  const { status } = await answer;
  const said = await (await answer).json();
  return [status, status === 200 ? 'done' : said.code];
};
const lesson = (desk: Desk, more: object) =>
  desk.ask('/console/api/lessons', {
    groups: ['5-oak'],
    kind: 'directed',
    endsAt: minutesOn(school.clock, 30),
    ...more,
  });
const ask = async (seat: Seat, event: Partial<RequestEvent> = {}): Promise<string> => {
  const request = makeRequest(event);
  await seat.post('/v1/requests', { events: [request] });
  return request.id;
};
const waiting = async (desk: Desk) =>
  Requests.parse(await (await desk.ask('/console/api/requests')).json()).requests;
const inList = async (account: string, stage: 'KS1' | 'KS3', group: string) => {
  await school.endpoint.store
    .insertInto('pupils')
    .values({
      account,
      hash: hashAccount(account),
      name: 'Ada Kid',
      stage,
      source: 'hand',
      joinedAt: minutesOn(school.clock, -1),
      leftAt: null,
    })
    .execute();
  await school.endpoint.store
    .insertInto('groups')
    .values({ id: group, name: group.toUpperCase(), stage, source: 'hand', endedAt: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await school.endpoint.store.insertInto('memberships').values({ account, group, source: 'hand' }).execute();
};
describe('a whole site at KS1, by a path that is none', () => {
  test.each(['sums.example//', 'sums.example//x', 'sums.example/.', 'sums.example/%2e', 'sums.example/?*'])(
    '%s',
    async (entry) => {
      const teacher = await atDesk(school, 'teacher');
      const asked = { groups: ['2b'], kind: 'directly-supervised' };
      const site = { entry, looked: true, reason: 'adding up' };
      const answer = await lesson(teacher, { ...asked, sites: [site] });
      if (answer.status === 200) {
        // It may stand there as the path that it is, and open no more than that.
        const seat = await school.enrol({ stage: 'KS1', group: '2b' });
        const [opened] = (await polled(seat)).lessons;
        expect(opened?.sites[0]?.entry).toBe(entry);
        const { parseEntry, matches } = await import('../../../../rules/entry.ts');
        const { parseAddress } = await import('../../../../rules/address.ts');
        const read = parseEntry(entry);
        const other = parseAddress('https://sums.example/chat?with=strangers');
        expect(read.ok && other && matches(read.entry, other)).toBe(false);
      } else expect(await code(answer)).toEqual([422, 'whole-host']);
    },
  );
});

describe('what one stage approves', () => {
  test('is no approval for another: not in a lesson, not as homework', async () => {
    const teacher = await atDesk(school, 'teacher');
    const sites = [{ entry: 'bets.example' }];
    expect(await code(lesson(teacher, { sites }))).toEqual([422, 'ask-network-manager']);
    const homework = { task: 'Chances and odds', due: minutesOn(school.clock, 60) };
    const set = (more: object) => teacher.ask('/console/api/homework', { ...homework, ...more });
    expect(await code(set({ groups: ['5-oak'], sites }))).toEqual([422, 'ask-network-manager']);
    expect(await code(set({ groups: ['5-oak'], lists: ['ks4-chance'] }))).toEqual([
      422,
      'list-not-for-stage',
    ]);
    expect(await code(set({ groups: ['10a'], lists: ['ks4-chance'] }))).toEqual([200, 'done']);
  });
});

describe('approving', () => {
  test('social media does not become a plain site, so nobody skips risk assessment and consent', async () => {
    const teacher = await atDesk(school, 'teacher');
    const approve = (says: object) =>
      teacher.ask('/console/api/approvals', {
        entry: 'www.friends.example/group',
        title: 'Friends',
        reason: 'Year 9 citizenship',
        stages: ['KS3'],
        says,
      });
    expect(await code(approve({ kind: 'site' }))).toEqual([422, 'needs-consent']);
    expect(await code(approve({ kind: 'game', learningPurpose: 'Learning about friends.' }))).toEqual([
      422,
      'needs-consent',
    ]);
    const risk = 'Open profiles; a closed group is used, and comments are off.';
    expect(await code(approve({ kind: 'social', risk, leastAge: 13 }))).toEqual([200, 'done']);
  });
});

describe('a request that lies about where it comes from', () => {
  test('a seat of KS1 that says KS3 gets no whole site, and no other class its opening', async () => {
    const account = 'ada@school.example';
    await inList(account, 'KS1', '2b');
    const seat = await school.enrol({ stage: 'KS1', group: '2b', account });
    const lead = await atDesk(school, 'coordinator');
    const says: Partial<RequestEvent> = {
      stage: 'KS3',
      group: '9c',
      account,
      address: 'https://sums.example/add/two',
    };
    const id = await ask(seat, says);
    expect((await waiting(lead))[0]).toMatchObject({ id, stage: 'KS1', group: { id: '2b' } });
    const look = await (await lead.ask(`/console/api/requests/${id}/look`, {})).json();
    expect(look.choices.map(({ as }: { as: string }) => as)).toEqual(['page', 'path']);
    const yes = { answer: 'yes', whom: 'class', until: minutesOn(school.clock, 30) };
    const answer = (as: string) => lead.ask(`/console/api/requests/${id}/answer`, { ...yes, as });
    expect(await code(answer('site'))).toEqual([422, 'no-choice']);
    expect(await code(answer('page'))).toEqual([200, 'done']);
    expect((await polled(seat)).grants[0]?.scope).toEqual({ groups: ['2b'] });
  });

  test('a yes for one child of KS1 holds in a lesson of her class alone', async () => {
    const seat = await school.enrol({ stage: 'KS1', group: '2b' });
    const lead = await atDesk(school, 'coordinator');
    const id = await ask(seat, { stage: 'KS1', group: '2b', address: 'https://sums.example/add/two' });
    const yes = { answer: 'yes', whom: 'pupil', as: 'page', until: minutesOn(school.clock, 30) };
    expect(await code(lead.ask(`/console/api/requests/${id}/answer`, yes))).toEqual([200, 'done']);
    expect((await polled(seat)).grants[0]?.scope).toEqual({ groups: ['2b'], seats: [seat.seat] });
  });

  test('a stage above that of the class that it names counts as the class’s', async () => {
    const seat = await school.enrol({ stage: 'KS3', group: '2b' });
    const lead = await atDesk(school, 'coordinator');
    const id = await ask(seat, { stage: 'KS3', group: '2b', address: 'https://sums.example/add/two' });
    const yes = { answer: 'yes', whom: 'class', as: 'site', until: minutesOn(school.clock, 30) };
    expect(await code(lead.ask(`/console/api/requests/${id}/answer`, yes))).toEqual([422, 'no-choice']);
  });

  test('an address with two slashes can be looked at and answered', async () => {
    const seat = await school.enrol({ stage: 'KS3', group: '8a' });
    const lead = await atDesk(school, 'coordinator');
    const id = await ask(seat, { stage: 'KS3', group: '8a', address: 'https://sums.example//' });
    expect((await lead.ask(`/console/api/requests/${id}/look`, {})).status).toBe(200);
  });

  test('a thousand requests of one seat hide nobody else’s', async () => {
    const flood = await school.enrol({ stage: 'KS3', group: '8a' });
    for (let batch = 0; batch < 6; batch += 1)
      await flood.post('/v1/requests', {
        events: Array.from({ length: 100 }, () => makeRequest({ stage: 'KS3', group: '8a' })),
      });
    school.clock.now += 60_000;
    const seat = await school.enrol({ stage: 'KS3', group: '8b' });
    const id = await ask(seat, { stage: 'KS3', group: '8b' });
    const lead = await atDesk(school, 'coordinator');
    const lines = await waiting(lead);
    expect(lines.map((line) => line.id)).toContain(id);
    expect(lines.length).toBeLessThan(30);
  });
});

describe('a day pass', () => {
  test('starts an earlier lesson with what is approved alone: what a colleague pasted stays out', async () => {
    const teacher = await atDesk(school, 'teacher');
    const pasted = { entry: 'sums.example/add', looked: true, reason: 'adding up' };
    const asked = { groups: ['2b'], kind: 'directly-supervised' };
    const first = await (await lesson(teacher, { ...asked, lists: ['early-tiles'], sites: [pasted] })).json();
    await teacher.ask(`/console/api/lessons/${first.id}`, { change: 'stop' });
    const supply = await school.signIn('supply');
    const again = await (await lesson(supply, { ...asked, again: first.id })).json();
    const entries = again.sites.map(({ entry }: { entry: string }) => entry);
    expect(entries).toContain('phonicsplay.co.uk');
    expect(entries).not.toContain('sums.example/add');
  });

  test('reaches no seat of another class', async () => {
    const supply = await school.signIn('supply');
    const other = await school.enrol({ stage: 'KS1', group: '2a' });
    const shared = await school.enrol({ stage: 'KS1' });
    const asked = { groups: ['2b'], kind: 'directly-supervised', lists: ['early-tiles'] };
    expect(await code(lesson(supply, { ...asked, seats: [other.seat] }))).toEqual([403, 'not-your-class']);
    const { id } = await (await lesson(supply, { ...asked, seats: [shared.seat] })).json();
    const change = (more: object) => supply.ask(`/console/api/lessons/${id}`, more);
    expect(await code(change({ change: 'open-seat', seat: other.seat }))).toEqual([403, 'not-your-class']);
    expect(await code(change({ change: 'tick-seats', seats: [other.seat] }))).toEqual([
      403,
      'not-your-class',
    ]);
    expect((await polled(other)).lessons).toEqual([]);
  });

  test('opens nothing beyond its end, not on a seat that is off-line either', async () => {
    const supply = await school.signIn('supply');
    await school.endpoint.store
      .updateTable('dayPasses')
      .set({ endsAt: minutesOn(school.clock, 40) })
      .execute();
    const asked = { groups: ['2b'], kind: 'directly-supervised', lists: ['early-tiles'] };
    const [card] = (await (await supply.ask('/console/api/classes')).json()).classes;
    expect(card).toMatchObject({
      endsAt: minutesOn(school.clock, 40),
      latestEnd: minutesOn(school.clock, 40),
    });
    expect(await code(lesson(supply, { ...asked, endsAt: minutesOn(school.clock, 41) }))).toEqual([
      422,
      'too-long',
    ]);
    const { id } = await (await lesson(supply, { ...asked, endsAt: minutesOn(school.clock, 30) })).json();
    const longer = { change: 'extend', endsAt: minutesOn(school.clock, 41) };
    expect(await code(supply.ask(`/console/api/lessons/${id}`, longer))).toEqual([422, 'too-long']);
  });
});

describe('one pupil’s needs', () => {
  const need = {
    account: 'ada@school.example',
    direction: 'wider',
    reason: 'Speech therapy, plan of March',
    reviewer: 'The SENCO',
    reviewBy: '2026-12-01',
  };

  test('nobody who cares for pupils opens what only the network manager may', async () => {
    await inList('ada@school.example', 'KS3', '8a');
    const lead = await atDesk(school, 'coordinator');
    const set = (entry: string) =>
      lead.ask('/console/api/pupils/needs', { ...need, entries: [{ entry, embeds: undefined }] });
    expect(await code(set('bets.example'))).toEqual([422, 'ask-network-manager']);
    expect(await code(set('speech.example'))).toEqual([200, 'done']);
  });

  test('whoever enrols under a classmate’s account does not read why, or who decided', async () => {
    await inList('ada@school.example', 'KS3', '8a');
    const lead = await atDesk(school, 'coordinator');
    await lead.ask('/console/api/pupils/needs', { ...need, entries: [{ entry: 'speech.example' }] });
    const spy = await school.enrol({ stage: 'KS3', account: 'ada@school.example', deviceId: 'mine' });
    const orders = await polled(spy);
    expect(orders.overlays).toHaveLength(1);
    expect(JSON.stringify(orders)).not.toContain('Speech therapy');
    expect(JSON.stringify(orders)).not.toContain('The coordinator');
  });
});

describe('homework', () => {
  test('opens a stage’s supervised web for a week at most', async () => {
    const teacher = await atDesk(school, 'teacher');
    const set = (days: number, opens: string) =>
      teacher.ask('/console/api/homework', {
        groups: ['5-oak'],
        task: 'Read about volcanoes.',
        sites: [{ entry: 'volcano.example/read' }],
        opens,
        due: minutesOn(school.clock, days * 24 * 60),
      });
    expect(await code(set(8, 'supervised'))).toEqual([422, 'too-long']);
    expect(await code(set(7, 'supervised'))).toEqual([200, 'done']);
    expect(await code(set(40, 'list'))).toEqual([200, 'done']);
  });

  test('opens social media that nobody consented to for no class at home', async () => {
    const teacher = await atDesk(school, 'teacher');
    const set = (entry: string) =>
      teacher.ask('/console/api/homework', {
        groups: ['8a'],
        task: 'Write to our partner school.',
        sites: [{ entry }],
        due: minutesOn(school.clock, 60),
      });
    expect(await code(set('friends.example'))).toEqual([422, 'needs-consent']);
    expect(await code(set('partners.example'))).toEqual([200, 'done']);
  });

  test('reaches no child of KS1 who is in an older group', async () => {
    const teacher = await atDesk(school, 'teacher');
    await teacher.ask('/console/api/homework', {
      groups: ['5-oak'],
      task: 'Read about volcanoes.',
      sites: [{ entry: 'volcano.example/read' }],
      due: minutesOn(school.clock, 60),
    });
    const seat = await school.enrol({ stage: 'KS2', group: '5-oak' });
    const [grant] = (await polled(seat)).grants;
    expect(grant?.scope).toEqual({ groups: ['5-oak'], stages: ['KS2', 'KS3', 'KS4'] });
  });
});

test('who changes the password again and again stays signed in no longer than the second factor allowed', async () => {
  const desk = await school.signIn('teacher');
  const ends = async () =>
    (await school.endpoint.store.selectFrom('signIns').select('expiresAt').execute()).map(({ expiresAt }) =>
      String(expiresAt),
    );
  const soon = new Date(Date.now() + 60_000).toISOString();
  await school.endpoint.store
    .updateTable('signIns')
    .set({ expiresAt: soon as never })
    .execute();
  const answer = await desk.ask('/console/auth/change-password', {
    currentPassword: desk.oneTimePassword,
    newPassword: 'correct horse battery',
    revokeOtherSessions: true,
  });
  expect(answer.status).toBe(200);
  expect((await desk.ask('/console/api/me')).status).toBe(200);
  const [end, ...others] = await ends();
  expect(others).toEqual([]);
  expect(new Date(end ?? '').toISOString()).toBe(soon);
});

test('whoever types nonsense at the door of codes from one address keeps nobody else out', async () => {
  const given = await school.endpoint.people.dayPasses.give(
    { name: 'Sam Supply', groups: ['2b'], endsAt: minutesOn(school.clock, 60) },
    { id: null, name: 'test', role: null },
  );
  if (!given.ok) throw new Error(given.code);
  const door = (typed: string, from: string) =>
    school.endpoint.console.request(
      'http://console.school.example/console/auth/sign-in/day-pass',
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: 'http://console.school.example',
          host: 'console.school.example',
        },
        body: JSON.stringify({ code: typed }),
      },
      { incoming: { socket: { remoteAddress: from } } },
    );
  const statuses: number[] = [];
  for (let guess = 0; guess < 70; guess += 1)
    statuses.push((await door(`guess-${guess}`, '10.0.0.66')).status);
  expect(statuses.at(-1)).toBe(429);
  expect((await door(given.code, '10.0.0.7')).status).toBe(200);
});

test('whoever tries a new e-mail address each time costs no password check beyond a bound, and keeps nobody out', async () => {
  const other = await openSchool({ rates: { signInsOfAddress: { burst: 2, perSecond: 1 } } });
  const tries = async (email: string, from: string) => {
    const answer = await other.endpoint.console.request(
      'http://console.school.example/console/auth/sign-in/email',
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: 'http://console.school.example',
          host: 'console.school.example',
        },
        body: JSON.stringify({ email, password: 'wrong' }),
      },
      { incoming: { socket: { remoteAddress: from } } },
    );
    return answer.status;
  };
  const statuses = [];
  for (const name of ['a', 'b', 'c']) statuses.push(await tries(`${name}@school.example`, '10.0.0.66'));
  expect(statuses).toEqual([401, 401, 429]);
  expect(await tries('d@school.example', '10.0.0.7')).toBe(401);
  await other.close();
});
