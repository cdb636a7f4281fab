import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeDownRunOut } from '../../../../admin/grants/run-out.ts';
import { Unblocks } from '../../../../admin/unblocks/wire.ts';
import { Orders } from '../../../../rules/orders.ts';
import { payloadOf } from '../../../fixtures/payload.ts';
import { atDesk, examplePolicy, openSchool, type School } from '../school.ts';

let school: School;
beforeEach(async () => {
  school = await openSchool();
  const published = await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  if (!published.ok) throw new Error(JSON.stringify(published.issues));
});
afterEach(() => school.close());

type Seat = Awaited<ReturnType<School['enrol']>>;
type Desk = Awaited<ReturnType<typeof atDesk>>;
const ordersOf = async (seat: Seat): Promise<Orders> => {
  const jws = await (await seat.get('/v1/orders')).text();
  return Orders.parse(payloadOf(jws));
};
const hours = (count: number) => new Date(school.clock.now + count * 3_600_000).toISOString();
const asked = (more: object = {}) => ({
  group: '8a',
  sites: ['drugs-facts.example/learn'],
  reason: 'PSHE unit on harm, weeks 3 and 4.',
  startsAt: hours(1),
  endsAt: hours(48),
  ...more,
});
const sayTo = async (desk: Desk, path: string, body: object = {}) => {
  const answer = await desk.ask(`/console/api/unblocks${path}`, body);
  return { status: answer.status, ...(await answer.json()) };
};
const linesFor = async (desk: Desk) =>
  Unblocks.parse(await (await desk.ask('/console/api/unblocks')).json()).unblocks;

describe('unblocking for a period of study', () => {
  test('opens for that class alone when the network manager agrees, in its time, and ends by itself', async () => {
    const [seat, other] = [
      await school.enrol({ stage: 'KS3', group: '8a' }),
      await school.enrol({ stage: 'KS3', group: '8b' }),
    ];
    const [teacher, network] = [await atDesk(school, 'teacher'), await atDesk(school, 'network-manager')];
    const { id } = await sayTo(teacher, '', asked());
    expect((await ordersOf(seat)).grants).toEqual([]);
    expect((await linesFor(network))[0]).toMatchObject({
      id,
      state: 'asked',
      askedBy: 'The teacher',
      mine: false,
    });

    expect(await sayTo(network, `/${id}/decide`, { yes: true, why: 'Checked with the DSL.' })).toMatchObject({
      id,
    });
    // A seat knows it ahead, so that it begins on time with us out of reach.
    expect((await ordersOf(seat)).grants).toMatchObject([
      { startsAt: asked().startsAt, endsAt: asked().endsAt },
    ]);
    expect((await ordersOf(other)).grants).toEqual([]);
    school.clock.now += 48 * 3_600_000 + 1;
    expect((await ordersOf(seat)).grants).toEqual([]);
    expect(await writeDownRunOut(school.endpoint.store, new Date(school.clock.now))).toBeLessThanOrEqual(1);
    expect((await linesFor(teacher))[0]).toMatchObject({ state: 'ended', mine: true });
    const acts = (
      await school.endpoint.store
        .selectFrom('audit')
        .select(['act', 'facts'])
        .where('item', '=', id)
        .execute()
    ).map(({ act, facts }) => `${act}: ${JSON.parse(facts ?? '{}').why}`);
    expect(acts).toEqual([
      'asked-unblock: PSHE unit on harm, weeks 3 and 4.',
      'agreed-unblock: Checked with the DSL.',
      'unblock-ran-out: undefined',
    ]);
  });

  test('a no has a reason, opens nothing, and is final', async () => {
    const seat = await school.enrol({ stage: 'KS3', group: '8a' });
    const [teacher, network] = [await atDesk(school, 'teacher'), await atDesk(school, 'network-manager')];
    const { id } = await sayTo(teacher, '', asked());
    expect((await sayTo(network, `/${id}/decide`, { yes: false, why: '' })).code).toBe('malformed');
    await sayTo(network, `/${id}/decide`, { yes: false, why: 'The library has a book on it.' });
    expect((await linesFor(teacher))[0]).toMatchObject({
      state: 'refused',
      decidedWhy: 'The library has a book on it.',
    });
    expect((await ordersOf(seat)).grants).toEqual([]);
    expect((await sayTo(network, `/${id}/decide`, { yes: true, why: 'After all.' })).code).toBe('decided');
  });

  test('whoever asked may end it early, and another teacher may not', async () => {
    const seat = await school.enrol({ stage: 'KS3', group: '8a' });
    const [teacher, network, aide] = [
      await atDesk(school, 'teacher'),
      await atDesk(school, 'network-manager'),
      await atDesk(school, 'teaching-assistant'),
    ];
    const { id } = await sayTo(teacher, '', asked());
    await sayTo(network, `/${id}/decide`, { yes: true, why: 'Fine.' });
    expect((await sayTo(aide, `/${id}/end`)).status).toBe(404);
    expect((await sayTo(teacher, `/${id}/end`)).status).toBe(200);
    expect((await ordersOf(seat)).grants).toEqual([]);
    expect((await sayTo(teacher, `/${id}/end`)).code).toBe('over');
  });

  test.each([
    [{ group: 'nowhere' }, 'no-group'],
    [{ sites: ['co.uk'] }, 'unreadable-site'],
    [{ endsAt: '2026-01-01T00:00:00.000Z' }, 'ends-in-past'],
    [{ startsAt: '2026-12-01T00:00:00.000Z', endsAt: '2026-11-01T00:00:00.000Z' }, 'ends-before-start'],
    [{ endsAt: '2027-09-01T00:00:00.000Z' }, 'too-long'],
    [{ reason: 'because' }, 'malformed'],
    [{ sites: [] }, 'malformed'],
  ])('%j is refused: %s', async (more, code) => {
    expect((await sayTo(await atDesk(school, 'teacher'), '', asked(more))).code).toBe(code);
  });

  test('a seat that meets the network’s filter tells it once, and whoever asked sees it', async () => {
    const seat = await school.enrol({ stage: 'KS3', group: '8a' });
    const [teacher, network] = [await atDesk(school, 'teacher'), await atDesk(school, 'network-manager')];
    const { id } = await sayTo(teacher, '', asked());
    await sayTo(network, `/${id}/decide`, { yes: true, why: 'Fine.' });
    const grant = (await ordersOf(seat)).grants[0]?.id ?? '';
    const tell = async (body: object) => (await (await seat.post('/v1/network-closed', body)).json()).status;
    expect(await tell({ grant: 'other', host: 'drugs-facts.example' })).toBe('not-known');
    expect(await tell({ grant, host: 'elsewhere.example' })).toBe('not-known');
    expect(await tell({ grant, host: 'drugs-facts.example' })).toBe('told');
    expect((await linesFor(teacher))[0]?.networkClosed?.host).toBe('drugs-facts.example');
    expect(await tell({ grant, host: 'www.drugs-facts.example' })).toBe('told');
    // A letter of the name is not the name.
    expect(await tell({ grant, host: 'e' })).toBe('not-known');
  });
});
