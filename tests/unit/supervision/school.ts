import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publicKeysOf } from '../../../admin/data-folder.ts';
import { createEndpoint, type Endpoint } from '../../../admin/endpoint.ts';
import { changeGroup } from '../../../admin/groups/by-hand.ts';
import { createLog } from '../../../admin/log.ts';
import { commandLine } from '../../../admin/people/actor.ts';
import type { Policy } from '../../../rules/policy.ts';
import { Settings } from '../../../rules/settings.ts';
import { browserAt, consoleUrl, examplePolicy } from '../admin/school.ts';
import { type Around, createTimers, settled, within } from './around.ts';

export const groups = { '2b': 'KS1', '5-oak': 'KS2' } as const;
export type GroupId = keyof typeof groups;
export const pupil = 'anna@school.example';
export const teachers = ['ada', 'ben'] as const;
export type Teacher = (typeof teachers)[number];
export const emailOf = (teacher: Teacher) => `${teacher}@school.example`;

const line = (entry: string) => ({ entry });
const list = (id: string, says: string, entries: string[]) => ({
  id,
  title: id,
  says,
  entries: entries.map(line),
});

/** A small school: one approved site from KS2 on, one platform, one site that nobody opens. */
async function smallPolicy(): Promise<Partial<Policy>> {
  const example = await examplePolicy();
  return {
    ...example,
    timetable: undefined,
    overlays: [],
    help: [],
    embeds: [],
    groups: Object.entries(groups).map(([id, stage]) => ({ id, name: id, stage })),
    lists: [
      { ...list('ks2', 'open', ['approved.example']), stages: ['KS2'] },
      list('locked', 'locked', ['locked.example']),
    ],
    bundles: [{ id: 'platform', title: 'Platform', pages: [line('platform.example')], frames: [] }],
    platform: ['platform'],
    stages: {
      ...example.stages,
      KS2: { ...example.stages.KS2, closedAlways: ['games'], closedAlone: ['games', 'personal-sites'] },
    },
  };
}

type Served = { endpoint: Endpoint; around: Around };

/** The endpoint on a folder that vanishes, in a time of its own. `time` is true time in milliseconds. */
export async function openSchool(time: () => number) {
  const folder = await mkdtemp('/dev/shm/keystage-').catch(() => mkdtemp(join('/tmp', 'keystage-')));
  const listSources = join(folder, 'sources');
  await mkdir(listSources);
  await Promise.all([
    writeFile(join(listSources, 'games.txt'), 'games.example\n'),
    writeFile(join(listSources, 'personal-sites.txt'), 'personal.example\n'),
  ]);
  const clock = { ahead: 0 };
  const wall = () => time() + clock.ahead;
  const plenty = { burst: 1e9, perSecond: 1e9 };

  async function start(): Promise<Served> {
    const around: Around = {
      passed: time,
      timers: createTimers(time),
      locks: new Map(),
      fetch: () => Promise.reject(new TypeError('nothing outside')),
    };
    const endpoint = await within(around, async () => {
      const made = await createEndpoint({
        folder,
        school: 'wrenfield-all-through',
        consoleUrl,
        log: createLog('silent'),
        now: () => new Date(wall()),
        passed: time,
        secondFactor: 'off',
        listSources,
        rates: { perSeat: plenty, eventsOfSeat: plenty, enrolments: plenty, newSeatsOfDevice: plenty },
      });
      await made.endLessons();
      return made;
    });
    return { endpoint, around };
  }

  let served = await start();
  const inside = <T>(what: (endpoint: Endpoint) => Promise<T>): Promise<T> =>
    within(served.around, () => what(served.endpoint));
  await inside(async (endpoint) => {
    const published = await endpoint.publishPolicy(await smallPolicy(), 'test');
    if (!published.ok) throw new Error(JSON.stringify(published.issues));
    await endpoint.publishCatalogue();
    const by = { person: null, name: 'test' };
    const adds = { change: 'add-pupil', group: '5-oak', account: pupil, name: 'Anna' } as const;
    const added = await changeGroup(endpoint.store, published.policy, adds, by, new Date(wall()));
    if (!added.ok) throw new Error(added.problem);
  });
  const desks = new Map<Teacher, { id: string; cookies: [string, string][] }>();
  for (const teacher of teachers)
    await inside(async (endpoint) => {
      const added = await endpoint.people.add({ email: emailOf(teacher), name: teacher, role: 'teacher' });
      if (!added.ok) throw new Error(added.code);
      const { ask, cookies } = browserAt(endpoint);
      await ask('/console/auth/sign-in/email', { email: emailOf(teacher), password: added.oneTimePassword });
      await ask('/console/auth/change-password', {
        currentPassword: added.oneTimePassword,
        newPassword: 'correct horse battery',
      });
      const { id } = await endpoint.store
        .selectFrom('people')
        .select('id')
        .where('email', '=', emailOf(teacher))
        .executeTakeFirstOrThrow();
      desks.set(teacher, { id, cookies: [...cookies] });
    });
  const signedIn = await served.endpoint.store.selectFrom('signIns').selectAll().execute();

  return {
    served: () => ({ ...served, wall }),
    wall,
    clock,
    inside,
    settingsFor: (stage: 'KS1' | 'KS2', group?: string) =>
      Settings.parse({
        endpoint: 'https://keystage.school.example',
        school: served.endpoint.secrets.school,
        publicKeys: publicKeysOf(served.endpoint.secrets),
        enrolmentToken: served.endpoint.secrets.enrolmentToken,
        stage,
        ...(group === undefined ? {} : { group }),
      }),
    /** A teacher asks at the console. */
    ask: (teacher: Teacher, path: string, body: object) =>
      inside(async (endpoint) => {
        const { ask, cookies } = browserAt(endpoint);
        for (const [name, value] of desks.get(teacher)?.cookies ?? []) cookies.set(name, value);
        const answer = await ask(path, body);
        return { ok: answer.ok, status: answer.status, said: await answer.json().catch(() => null) };
      }),
    deactivate: (teacher: Teacher) =>
      inside(async ({ people }) => {
        const done = await people.staff.deactivate(desks.get(teacher)?.id ?? '', commandLine);
        if (!done.ok) throw new Error(done.code);
      }),
    suspend: (account: string, endsAt: string) =>
      inside(async ({ store, publishOrders }) => {
        const { suspend } = await import('../../../admin/groups/suspensions.ts');
        const by = { person: null, name: 'test' };
        const asked = { id: crypto.randomUUID(), account, reason: 'because', endsAt };
        const done = await suspend(store, asked, by, new Date(wall()));
        if (!done.ok) throw new Error(done.problem);
        await publishOrders();
      }),
    async restart(): Promise<void> {
      const before = served;
      await within(before.around, () => before.endpoint.close());
      before.around.timers.stop();
      served = await start();
    },
    /** Everything of an earlier sequence is gone. */
    reset: () =>
      inside(async ({ store, endLessons }) => {
        clock.ahead = 0;
        await store.deleteFrom('lessons').execute();
        await store.deleteFrom('suspensions').execute();
        await store.deleteFrom('audit').execute();
        await store.deleteFrom('signIns').execute();
        await store.insertInto('signIns').values(signedIn).execute();
        await store.updateTable('people').set({ deactivatedAt: null }).execute();
        served.around.timers.ring();
        await endLessons();
      }),
    async close(): Promise<void> {
      await settled();
      await within(served.around, () => served.endpoint.close());
      await rm(folder, { recursive: true, force: true });
    },
  };
}
