import { afterEach, beforeEach } from 'vitest';
import { Classes, LiveLesson } from '../../../../admin/lessons/wire.ts';
import { after, type Enrolled, openLive, serve } from '../lessons-school.ts';
import { atDesk, examplePolicy, openSchool, type School } from '../school.ts';

type Desk = Awaited<ReturnType<typeof atDesk>>;

/** A school without a timetable, and a teacher at her desk, for each test of the file that calls it. */
export function useClassroom() {
  const room = {} as {
    school: School;
    desk: Desk;
    served: Awaited<ReturnType<typeof serve>>;
    /** Milliseconds that pass whatever the wall's clock says. */
    passed: number;
  };
  beforeEach(async () => {
    room.passed = 0;
    room.school = await openSchool({ passed: () => room.passed });
    const policy = { ...(await examplePolicy()), timetable: undefined, longestLesson: undefined };
    const published = await room.school.endpoint.publishPolicy(policy, 'test');
    if (!published.ok) throw new Error(JSON.stringify(published.issues));
    await room.school.endpoint.publishCatalogue();
    room.served = await serve(room.school);
    room.desk = await atDesk(room.school, 'teacher');
  });
  afterEach(async () => {
    await room.school.close();
    await room.served.close();
  });

  const startAt = (at: Desk, more: object = {}) =>
    at.ask('/console/api/lessons', {
      groups: ['5-oak'],
      kind: 'directed',
      sites: [{ entry: 'maps.example/rivers' }],
      endsAt: after(room.school.clock, 30),
      ...more,
    });
  const change = (id: string, asked: object, at = room.desk) => at.ask(`/console/api/lessons/${id}`, asked);
  const classes = async (at = room.desk) =>
    Classes.parse(await (await at.ask('/console/api/classes')).json());
  return Object.assign(room, {
    /** Asks for a lesson of Oak's with one site, and gives the answer as it comes. */
    startAt,
    started: async (more: object = {}, at = room.desk) =>
      LiveLesson.parse(await (await startAt(at, more)).json()),
    change,
    changed: async (id: string, asked: object) => LiveLesson.parse(await (await change(id, asked)).json()),
    classes,
    cardOf: async (group: string, at = room.desk) =>
      (await classes(at)).classes.find(({ id }) => id === group),
    /** What the audit says of lessons. */
    acts: async () =>
      (
        await room.school.endpoint.store.selectFrom('audit').select(['act', 'by', 'facts', 'item']).execute()
      ).filter(({ item }) => item !== null),
    live: (seat: Enrolled) => openLive(room.served.url, seat),
  });
}
