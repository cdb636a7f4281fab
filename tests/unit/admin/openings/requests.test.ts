import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { choicesFor } from '../../../../admin/requests/choices.ts';
import { Homeworks, Requests } from '../../../../admin/requests/wire.ts';
import { Orders } from '../../../../rules/orders.ts';
import type { RequestEvent } from '../../../../rules/wire.ts';
import { payloadOf } from '../../../fixtures/payload.ts';
import { atDesk, examplePolicy, makeRequest, openSchool, type School } from '../school.ts';

let school: School;
beforeEach(async () => {
  school = await openSchool();
  const published = await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  if (!published.ok) throw new Error(JSON.stringify(published.issues));
});
afterEach(() => school.close());

type Seat = Awaited<ReturnType<School['enrol']>>;
const ordersOf = async (seat: Seat): Promise<Orders> => {
  const jws = await (await seat.get('/v1/orders')).text();
  return Orders.parse(payloadOf(jws));
};
const ask = async (seat: Seat, event: Partial<RequestEvent> = {}): Promise<string> => {
  const request = makeRequest({ stage: 'KS3', group: '8a', ...event });
  const answer = await seat.post('/v1/requests', { events: [request] });
  expect(answer.status).toBe(200);
  return request.id;
};
const waiting = async (desk: { ask: (path: string) => Promise<Response> | Response }) =>
  Requests.parse(await (await desk.ask('/console/api/requests')).json()).requests;
const inAnHour = () => new Date(school.clock.now + 3_600_000).toISOString();

describe('a pupil’s request', () => {
  test('waits with its host alone; a look is logged, and a yes opens it for the class until its end', async () => {
    const seat = await school.enrol({ stage: 'KS3', group: '8a' });
    const other = await school.enrol({ stage: 'KS3', group: '8b' });
    const lead = await atDesk(school, 'coordinator');
    const id = await ask(seat, { address: 'https://wanted.example/maps/europe?page=2' });
    const [line] = await waiting(lead);
    expect(line).toMatchObject({ id, host: 'wanted.example', for: 'class', group: { id: '8a', name: '8A' } });
    expect(JSON.stringify(line)).not.toContain('europe');

    const look = await (await lead.ask(`/console/api/requests/${id}/look`, {})).json();
    expect(look).toMatchObject({ why: 'for my project', mayOpen: true });
    const yes = { answer: 'yes', whom: 'class', as: 'path', until: inAnHour(), reason: 'Good find.' };
    expect((await lead.ask(`/console/api/requests/${id}/answer`, yes)).status).toBe(200);
    expect(await waiting(lead)).toEqual([]);

    const orders = await ordersOf(seat);
    expect(orders.answers).toMatchObject([{ request: id, answer: 'yes', reason: 'Good find.' }]);
    expect(orders.grants).toMatchObject([
      { scope: { groups: ['8a'] }, entries: [{ entry: 'wanted.example/maps/' }] },
    ]);
    expect((await ordersOf(other)).grants).toEqual([]);
    expect((await ordersOf(other)).answers ?? []).toEqual([]);
    school.clock.now += 3_600_001;
    expect((await ordersOf(seat)).grants).toEqual([]);
    const acts = await school.endpoint.store.selectFrom('audit').select('act').execute();
    expect(acts.map(({ act }) => act)).toEqual(expect.arrayContaining(['saw-request', 'said-yes']));
  });

  test('a yes that the school’s network does not honour is shown to whoever said it, while it holds', async () => {
    const seat = await school.enrol({ stage: 'KS3', group: '8a' });
    const [lead, other, network] = [
      await atDesk(school, 'coordinator'),
      await atDesk(school, 'dsl'),
      await atDesk(school, 'network-manager'),
    ];
    const id = await ask(seat, { address: 'https://wanted.example/maps/europe' });
    const until = inAnHour();
    await lead.ask(`/console/api/requests/${id}/answer`, { answer: 'yes', whom: 'class', as: 'path', until });
    const tell = async (host: string) =>
      (await (await seat.post('/v1/network-closed', { grant: `request-${id}`, host })).json()).status;
    const shownTo = async (desk: typeof lead) =>
      Requests.parse(await (await desk.ask('/console/api/requests')).json()).stillClosed;
    expect(await shownTo(lead)).toEqual([]);
    expect(await tell('elsewhere.example')).toBe('not-known');
    expect(await tell('wanted.example')).toBe('told');
    const at = new Date(school.clock.now).toISOString();
    const closed = [{ id: `request-${id}`, host: 'wanted.example', at, until }];
    expect(await shownTo(lead)).toEqual(closed);
    expect(await shownTo(network)).toEqual(closed);
    expect(await shownTo(other)).toEqual([]);
    expect(await tell('wanted.example')).toBe('told');
    const said = await school.endpoint.store
      .selectFrom('audit')
      .select('facts')
      .where('act', '=', 'network-closed')
      .execute();
    expect(said).toEqual([{ facts: JSON.stringify({ host: 'wanted.example', classes: ['8a'] }) }]);
    school.clock.now += 3_600_001;
    expect(await tell('wanted.example')).toBe('not-known');
    expect(await shownTo(lead)).toEqual([]);
  });

  test('a no has a reason, comes back to that seat alone, and is said once', async () => {
    const seat = await school.enrol({ stage: 'KS3', group: '8a' });
    const lead = await atDesk(school, 'coordinator');
    const id = await ask(seat);
    const say = async (body: object) => (await lead.ask(`/console/api/requests/${id}/answer`, body)).status;
    expect(await say({ answer: 'no', reason: '' })).toBe(400);
    expect(await say({ answer: 'no', reason: 'We need it next week, not now.' })).toBe(200);
    expect((await ordersOf(seat)).answers).toMatchObject([
      { answer: 'no', reason: 'We need it next week, not now.' },
    ]);
    expect(await say({ answer: 'no', reason: 'Again.' })).toBe(404);
  });

  test('what is sensitive is the network manager’s, what is locked is nobody’s', async () => {
    const seat = await school.enrol({ stage: 'KS3', group: '8a' });
    const [lead, network] = [await atDesk(school, 'coordinator'), await atDesk(school, 'network-manager')];
    const sensitive = await ask(seat, {
      verdict: { open: false, tier: 'closedAlways', category: 'proxies' },
    });
    const ordinary = await ask(seat, { verdict: { open: false, tier: 'closedAlone', category: 'games' } });
    const locked = await ask(seat, { verdict: { open: false, tier: 'locked' } });
    expect((await waiting(network)).map(({ id }) => id)).toEqual([sensitive]);
    expect((await waiting(lead)).map(({ id }) => id)).toEqual([sensitive, ordinary, locked]);
    const yes = { answer: 'yes', whom: 'pupil', as: 'site', until: inAnHour() };
    const say = async (id: string) => {
      const answer = await lead.ask(`/console/api/requests/${id}/answer`, yes);
      return [answer.status, (await answer.json()).code ?? 'answered'];
    };
    expect(await say(sensitive)).toEqual([403, 'ask-network-manager']);
    expect(await say(locked)).toEqual([422, 'locked']);
    expect(await say(ordinary)).toEqual([200, 'answered']);
    expect((await ordersOf(seat)).grants[0]?.scope).toEqual({ seats: [seat.seat] });
  });

  test('a teacher sees her own classes’ requests, and no others', async () => {
    const seat = await school.enrol({ stage: 'KS3', group: '8a' });
    const teacher = await atDesk(school, 'teacher');
    const id = await ask(seat);
    expect(await waiting(teacher)).toEqual([]);
    expect((await teacher.ask(`/console/api/requests/${id}/look`, {})).status).toBe(404);
    await school.endpoint.store
      .insertInto('teaches')
      .values({ email: teacher.email, group: '8a', source: 'hand' })
      .execute();
    expect(await waiting(teacher)).toMatchObject([{ id, mine: true }]);
  });

  test('why nothing can be opened is the true reason: a front page of the youngest, a stage that is not known', async () => {
    const lead = await atDesk(school, 'coordinator');
    const seat = await school.enrol({ stage: 'KS1', group: '2b' });
    const look = async (event: Partial<RequestEvent>) => {
      const id = await ask(seat, { group: '2b', ...event });
      return (await lead.ask(`/console/api/requests/${id}/look`, {})).json();
    };
    const front = await look({ stage: 'KS1', address: 'https://dino.example/' });
    expect(front).toMatchObject({ mayOpen: false, choices: [] });
    expect(front.because).toMatch(/KS1.*whole site.*page or.*path/);
    expect(front.because).toContain('Add a site');
    expect((await look({ stage: 'unknown', address: 'https://dino.example/' })).because).toMatch(/not known/);
    expect((await look({ stage: 'KS1', address: 'data:text/html,x' })).because).toMatch(/no address/);
  });

  test('a yes without an end to come, or beyond the longest, is refused', async () => {
    const seat = await school.enrol({ stage: 'KS3', group: '8a' });
    const lead = await atDesk(school, 'coordinator');
    const id = await ask(seat);
    const say = async (until: string) => {
      const answer = await lead.ask(`/console/api/requests/${id}/answer`, {
        answer: 'yes',
        whom: 'class',
        as: 'site',
        until,
      });
      return [answer.status, (await answer.json()).code];
    };
    expect(await say(new Date(school.clock.now - 1).toISOString())).toEqual([422, 'ends-in-past']);
    expect(await say(new Date(school.clock.now + 26 * 3_600_000).toISOString())).toEqual([422, 'too-long']);
    expect(await say('soon')).toEqual([400, 'malformed']);
    expect((await ordersOf(seat)).grants).toEqual([]);
  });
});

test('what a yes could open, from the narrowest; the youngest never get the whole site', () => {
  const of = (address: string, stage: 'KS1' | 'KS3' = 'KS3') =>
    choicesFor(address, stage).map(({ as, entry }) => `${as} ${entry}`);
  expect(of('https://a.example/maps/europe?page=2')).toEqual([
    'page a.example/maps/europe?page=2',
    'path a.example/maps/',
    'site a.example',
  ]);
  expect(of('https://a.example/maps/europe', 'KS1')).toEqual([
    'page a.example/maps/europe',
    'path a.example/maps/',
  ]);
  expect(of('https://a.example/')).toEqual(['site a.example']);
  expect(of('https://a.example/', 'KS1')).toEqual([]);
  expect(of('https://www.youtube.com/watch?v=abcdefghijk&list=x')).toEqual([
    'page youtube.com/watch?v=abcdefghijk',
  ]);
  expect(of('data:text/html,x')).toEqual([]);
});

describe('homework', () => {
  const set = (more: object = {}) => ({
    groups: ['8a'],
    task: 'Read about volcanoes.',
    sites: [{ entry: 'volcano.example/read' }],
    due: inAnHour(),
    ...more,
  });

  test('opens its list for its class until it is due', async () => {
    const seat = await school.enrol({ stage: 'KS3', group: '8a' });
    const teacher = await atDesk(school, 'teacher');
    const done = await teacher.ask('/console/api/homework', set());
    expect(done.status).toBe(200);
    const { id } = await done.json();
    expect((await ordersOf(seat)).grants).toMatchObject([
      {
        id,
        homework: { task: 'Read about volcanoes.', opens: 'list' },
        entries: [{ entry: 'volcano.example/read' }],
      },
    ]);
    // At school the network's own filter may close it all the same, and says so to nobody.
    const closed = async () =>
      Homeworks.parse(await (await teacher.ask('/console/api/homework')).json()).homework[0]?.networkClosed;
    expect(await closed()).toBeNull();
    await seat.post('/v1/network-closed', { grant: id, host: 'volcano.example' });
    expect((await closed())?.host).toBe('volcano.example');
    expect((await teacher.ask(`/console/api/homework/${id}/end`, {})).status).toBe(200);
    expect((await ordersOf(seat)).grants).toEqual([]);
  });

  test('never for KS1, an unknown class, without a site, or past its time', async () => {
    const teacher = await atDesk(school, 'teacher');
    const say = async (more: object) => {
      const answer = await teacher.ask('/console/api/homework', set(more));
      return [answer.status, (await answer.json()).code];
    };
    expect(await say({ groups: ['2b'] })).toEqual([422, 'not-for-stage']);
    expect(await say({ groups: ['nowhere'] })).toEqual([422, 'no-group']);
    expect(await say({ sites: [] })).toEqual([422, 'no-site']);
    expect(await say({ due: new Date(school.clock.now).toISOString() })).toEqual([422, 'ends-in-past']);
    expect(await say({ sites: [{ entry: 'co.uk' }] })).toEqual([422, 'unreadable-site']);
    expect(await say({ lists: ['no-such-list'] })).toEqual([422, 'no-list']);
  });
});
