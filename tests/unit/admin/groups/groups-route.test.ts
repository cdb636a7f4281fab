import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importNightly, setNightly } from '../../../../admin/groups/nightly.ts';
import { GroupLines, GroupPage, ImportRefused, ImportSaid } from '../../../../admin/groups/wire.ts';
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

const csv = `Email,Name,Class,Year,Teacher email
ada@school.example,Ada L,2B,2,t.novak@school.example
ben@school.example,Ben M,2B,2,t.novak@school.example
cal@school.example,Cal N,4 Ash,4,
`;
const importOf = (text: string, apply: boolean) => ({
  format: 'csv',
  files: [{ name: 'classes.csv', base64: Buffer.from(text).toString('base64') }],
  apply,
});
type Desk = Awaited<ReturnType<typeof atDesk>>;
const importInto = async (desk: Desk, text = csv, apply = true) => {
  const answer = await desk.ask('/console/api/groups/import', importOf(text, apply));
  return { status: answer.status, body: await answer.json() };
};
const ordersOf = async (seat: Awaited<ReturnType<School['enrol']>>): Promise<Orders> => {
  const jws = await (await seat.get('/v1/orders')).text();
  return Orders.parse(payloadOf(jws));
};

describe('a class list', () => {
  test('says first what it would change, then changes it, and a seat learns whose it is', async () => {
    const office = await atDesk(school, 'office');
    const seat = await school.enrol({ account: 'ADA@school.example', stage: 'KS2' });
    const would = ImportSaid.parse((await importInto(office, csv, false)).body);
    expect(would).toMatchObject({ applied: false, same: 0 });
    expect(would.joiners.map(({ account }) => account)).toEqual([
      'ada@school.example',
      'ben@school.example',
      'cal@school.example',
    ]);
    expect((await ordersOf(seat)).groups ?? []).toEqual([]);

    expect(ImportSaid.parse((await importInto(office)).body).applied).toBe(true);
    const orders = await ordersOf(seat);
    expect(orders.groups).toEqual(['2b']);
    expect(orders.stage).toBe('KS1');
    const lines = GroupLines.parse(await (await office.ask('/console/api/groups')).json());
    expect(lines.groups.find(({ id }) => id === '2b')).toMatchObject({
      pupils: 2,
      teachers: 1,
      stage: 'KS1',
    });
  });

  test('that is wrong changes nothing and names every place', async () => {
    const office = await atDesk(school, 'office');
    await importInto(office);
    const wrong = await importInto(office, csv.replace('ben@school.example', 'ben').replace(',4,', ',,'));
    expect(wrong.status).toBe(422);
    expect(ImportRefused.parse(wrong.body).issues.map(({ line, column }) => [line, column])).toEqual([
      [3, 'Email'],
      [4, 'Year'],
    ]);
    const again = ImportSaid.parse((await importInto(office, csv, false)).body);
    expect(again).toMatchObject({ joiners: [], leavers: [], movers: [], same: 3 });
  });

  test('whoever leaves is no longer of the class, and what was set by hand stays', async () => {
    const office = await atDesk(school, 'office');
    const seat = await school.enrol({ account: 'ben@school.example', stage: 'KS2' });
    await importInto(office);
    const added = await office.ask('/console/api/groups', {
      change: 'add-pupil',
      group: 'library-club',
      account: 'cal@school.example',
      name: 'Cal N',
    });
    expect(added.status).toBe(200);
    await importInto(
      office,
      csv
        .split('\n')
        .filter((line) => !line.startsWith('ben'))
        .join('\n'),
    );
    expect((await ordersOf(seat)).groups ?? []).toEqual([]);
    const cal = await school.enrol({ account: 'cal@school.example', stage: 'KS2' });
    expect((await ordersOf(cal)).groups).toEqual(['4-ash', 'library-club']);
  });

  test('every night: the same file is not read twice, a broken or emptied one waits for a person', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keystage-nightly-'));
    const path = join(folder, 'mis.csv');
    const { store } = school.endpoint;
    const night = () => importNightly(store, new Date(school.clock.now));
    const many = Array.from({ length: 20 }, (_, at) => `p${at}@school.example,P ${at},2B,2,`);
    const head = csv.split('\n')[0];
    try {
      await setNightly(store, path, {}, { person: null, name: 'test' }, new Date(school.clock.now));
      expect((await night())?.waiting).toMatch(/cannot be read \(ENOENT\)/);
      await writeFile(path, [head, ...many].join('\n'));
      expect(await night()).toMatchObject({ waiting: null, said: expect.stringContaining('joined 20') });
      expect((await night())?.said).toMatch('joined 20');
      await writeFile(path, [head, ...many.slice(0, 8)].join('\n'));
      expect((await night())?.waiting).toBe('12 of 20 pupils would leave at once');
      await writeFile(path, [head, 'nobody,P,2B,2,', ...many].join('\n'));
      expect((await night())?.waiting).toMatch('mis.csv, line 2, Email');
      const here = await store.selectFrom('pupils').select('account').where('leftAt', 'is', null).execute();
      expect(here).toHaveLength(20);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('by hand', () => {
  test('a class, a pupil, a teacher; unknown ones and doubles are refused', async () => {
    const office = await atDesk(school, 'office');
    const change = async (body: object) => (await office.ask('/console/api/groups', body)).status;
    expect(await change({ change: 'make', name: 'Chess Club', stage: 'KS2' })).toBe(200);
    expect(await change({ change: 'make', name: 'chess club', stage: 'KS2' })).toBe(409);
    expect(await change({ change: 'make', name: '!!', stage: 'KS2' })).toBe(422);
    const add = { change: 'add-pupil', group: 'chess-club', account: 'dee@school.example', name: 'Dee' };
    expect(await change(add)).toBe(200);
    expect(await change({ ...add, group: 'nowhere' })).toBe(404);
    expect(await change({ ...add, account: 'dee' })).toBe(422);
    expect(await change({ change: 'add-teacher', group: 'chess-club', email: 'T@school.example' })).toBe(200);
    const page = GroupPage.parse(await (await office.ask('/console/api/groups/chess-club')).json());
    expect(page.pupils.map(({ account }) => account)).toEqual(['dee@school.example']);
    expect(page.teachers.map(({ email }) => email)).toEqual(['t@school.example']);
    expect(await change({ change: 'end', group: 'chess-club' })).toBe(200);
    expect((await office.ask('/console/api/groups/chess-club')).status).toBe(404);
  });
});

describe('what holds for one pupil', () => {
  test('access is withdrawn until an end, for that pupil’s seats alone, and comes back by itself', async () => {
    await importInto(await atDesk(school, 'office'));
    const lead = await atDesk(school, 'dsl');
    const [ada, ben] = [
      await school.enrol({ account: 'ada@school.example' }),
      await school.enrol({ account: 'ben@school.example' }),
    ];
    const endsAt = new Date(school.clock.now + 3_600_000).toISOString();
    const asked = { account: 'ada@school.example', reason: 'Agreed with the family.', endsAt };
    const done = await lead.ask('/console/api/pupils/suspensions', asked);
    expect(done.status).toBe(200);
    expect((await ordersOf(ada)).suspensions).toHaveLength(1);
    expect(JSON.stringify(await ordersOf(ada))).not.toContain('Agreed');
    expect((await ordersOf(ben)).suspensions).toEqual([]);
    school.clock.now += 3_600_001;
    expect((await ordersOf(ada)).suspensions).toEqual([]);
    const late = await lead.ask('/console/api/pupils/suspensions', asked);
    expect([late.status, (await late.json()).code]).toEqual([422, 'not-an-end']);
  });

  test('it is lifted before its end', async () => {
    await importInto(await atDesk(school, 'office'));
    const lead = await atDesk(school, 'dsl');
    const seat = await school.enrol({ account: 'ada@school.example' });
    const endsAt = new Date(school.clock.now + 3_600_000).toISOString();
    const { id } = await (
      await lead.ask('/console/api/pupils/suspensions', {
        account: 'ada@school.example',
        reason: 'For now.',
        endsAt,
      })
    ).json();
    expect((await lead.ask('/console/api/pupils/suspensions/lift', { id })).status).toBe(200);
    expect((await ordersOf(seat)).suspensions).toEqual([]);
    expect((await lead.ask('/console/api/pupils/suspensions/lift', { id })).status).toBe(404);
  });

  test('a need goes to that pupil’s seat, with a review; what the grant table refuses is refused', async () => {
    await importInto(await atDesk(school, 'office'));
    const lead = await atDesk(school, 'dsl');
    const cal = await school.enrol({ account: 'cal@school.example' });
    const need = {
      account: 'cal@school.example',
      direction: 'wider',
      entries: [{ entry: 'symbols.example' }],
      reason: 'Plan of 4 September, section 2.',
      reviewer: 'Ms Okoro',
      reviewBy: '2026-12-18',
    };
    const set = async (more: object) => {
      const answer = await lead.ask('/console/api/pupils/needs', { ...need, ...more });
      return [answer.status, (await answer.json()).code ?? 'kept'];
    };
    expect(await set({})).toEqual([200, 'kept']);
    expect((await ordersOf(cal)).overlays?.map(({ direction }) => direction)).toEqual(['wider']);
    expect(await set({ categories: ['drugs'] })).toEqual([422, 'not-a-need']);
    expect(await set({ reviewBy: '2026-01-01' })).toEqual([422, 'not-a-need']);
    expect(await set({ entries: [{ entry: 'co.uk' }] })).toEqual([422, 'not-a-need']);
    expect(await set({ account: 'nobody@school.example' })).toEqual([404, 'no-pupil']);
  });

  test('the office sees the class, and nothing of what a pupil needs', async () => {
    const office = await atDesk(school, 'office');
    await importInto(office);
    const lead = await atDesk(school, 'dsl');
    await lead.ask('/console/api/pupils/suspensions', {
      account: 'ada@school.example',
      reason: 'Confidential.',
      endsAt: new Date(school.clock.now + 3_600_000).toISOString(),
    });
    expect(await (await office.ask('/console/api/groups/2b')).text()).not.toContain('Confidential');
    expect(await (await lead.ask('/console/api/groups/2b')).text()).toContain('Confidential');
  });
});
