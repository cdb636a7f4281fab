import { parseEntry } from '../../rules/entry.ts';
import type { EntryLine, Policy } from '../../rules/policy.ts';
import { isEarlyYears } from '../../rules/stages.ts';
import { documentsWithoutOpenings, policyNow } from '../documents-now.ts';
import type { Class } from '../groups/classes.ts';
import type { Person } from '../people.ts';
import { may } from '../roles.ts';
import { createSerially } from '../serially.ts';
import { writeAudit } from '../store/audit.ts';
import { hashAccount, hasSeatOf, orderedSeats } from '../store/seats.ts';
import type { Store } from '../store/tables.ts';
import type { createCatalogueLists } from '../verdict-lists.ts';
import type { ClassLists } from './class-lists.ts';
import { codeMeant, makeCode } from './code.ts';
import { kindsOf, latestEndOf } from './kinds.ts';
import { createHold, type Hold } from './may-run.ts';
import { type Refused, refused } from './refused.ts';
import { approvedEntries, isPageOrPath, notGrantable, readListed, readPasted } from './sites.ts';
import { changeLesson, type KeptLesson, keepLesson, lessonOf, openLessons } from './store.ts';
import { titleOf } from './title.ts';
import type { ChangeLesson, PastedSite, StartLesson } from './wire.ts';

export type LessonChanged = { ok: true; lesson: KeptLesson } | Refused;

type Parts = {
  store: Store;
  now: () => Date;
  newId: () => string;
  classLists: ClassLists;
  listsOf: ReturnType<typeof createCatalogueLists>;
  /** Something is in force that was not before: seats and consoles should know. */
  changed: () => void;
};

const MOST_SITES = 500;

/** What adults do with lessons: each act is checked whole, kept with its line in the audit, and told to the seats. */
export function createLessons({ store, now, newId, classLists, listsOf, changed }: Parts) {
  const inTurn = createSerially();

  async function liveNow(): Promise<KeptLesson[]> {
    const at = now().getTime();
    return (await openLessons(store)).filter(({ endsAt }) => Date.parse(endsAt) > at);
  }

  async function checkPasted(
    pasted: readonly PastedSite[],
    person: Person,
    groups: readonly Class[],
  ): Promise<{ ok: true; sites: EntryLine[] } | Refused> {
    if (pasted.length > 0 && !may(person.role, 'paste-sites'))
      return refused(403, 'may-not-paste', 'Your role opens approved lists only, no pasted addresses.');
    return readPasted(pasted, { groups, adult: person.name, now: now() });
  }

  /** Everything that the lesson would open, by the grant table and by how young the class is. */
  async function checkSites(
    sites: readonly EntryLine[],
    groups: readonly Class[],
    { role }: Person,
    policy: Policy,
  ): Promise<Refused | null> {
    if (sites.length > MOST_SITES)
      return refused(
        422,
        'too-many-sites',
        `That is ${sites.length} sites; a lesson has ${MOST_SITES} at most.`,
      );
    const young = groups.find(({ stage }) => isEarlyYears(stage));
    if (young) {
      const approved = approvedEntries(policy, young, now().getTime());
      const whole = sites.find(({ entry }) => {
        const read = parseEntry(entry);
        return !approved.has(entry) && read.ok && !isPageOrPath(read.entry);
      });
      if (whole)
        return refused(
          422,
          'whole-host',
          `“${whole.entry}” is a whole site that no approved list has. For ${young.name}, name a page or a path.`,
        );
    }
    const at = now().getTime();
    return notGrantable(sites, groups, role, {
      documents: await documentsWithoutOpenings(store, listsOf, policy, groups, at),
      now: at,
    });
  }

  /** Seats of the lesson's stages; `holdOf` is null where the lesson's code speaks for an adult who is there. */
  async function checkSeats(
    seats: readonly string[],
    groups: readonly Class[],
    holdOf: ((group: string) => Hold) | null,
  ): Promise<Refused | null> {
    const { seats: known, classes } = await classLists.read(await policyNow(store));
    const stages = groups.map(({ stage }) => stage as string);
    for (const id of seats) {
      const seat = known.find((one) => one.id === id);
      if (!seat) return refused(422, 'no-seat', 'One of the seats is not enrolled here.');
      if (!stages.includes(seat.stageHere))
        return refused(
          422,
          'seat-not-for-stage',
          `One of the seats is set up for ${seat.stageHere}, and this lesson is for ${[...new Set(stages)].join(', ')}.`,
        );
      const sits = seat.groups.filter((id) => classes.some((one) => one.id === id));
      if (holdOf && sits.length > 0 && sits.every((group) => holdOf(group) === 'none'))
        return refused(403, 'not-your-class', 'One of the seats is of a class that is not yours.');
    }
    return null;
  }

  function checkEnd(
    endsAt: string,
    startsAt: number,
    policy: Policy,
    { pass }: Pick<Person, 'pass'>,
  ): Refused | null {
    const end = Date.parse(endsAt);
    if (end <= now().getTime()) return refused(422, 'ends-in-past', 'The end of the lesson is over already.');
    if (pass && end > Date.parse(pass.endsAt))
      return refused(422, 'too-long', `Your day pass holds until ${pass.endsAt}.`);
    const latest = latestEndOf(startsAt, policy);
    return end > latest
      ? refused(
          422,
          'too-long',
          `A lesson lasts ${(latest - startsAt) / 60_000} minutes at most, so it ends at ${new Date(latest).toISOString()} at the latest.`,
        )
      : null;
  }

  async function start(person: Person, asked: StartLesson): Promise<LessonChanged> {
    const policy = await policyNow(store);
    if (!policy) return refused(409, 'no-policy', 'No policy is published yet.');
    const classes = await classLists.classes(policy);
    const groups: Class[] = [];
    for (const id of new Set(asked.groups)) {
      const group = classes.find((one) => one.id === id);
      if (!group) return refused(422, 'no-group', `There is no class “${id.slice(0, 40)}”.`);
      const kinds = kindsOf[group.stage];
      if (!kinds.includes(asked.kind))
        return refused(
          422,
          'kind-not-for-stage',
          kinds.length === 0
            ? `${group.name} is no class of pupils.`
            : `${group.name} is ${group.stage}: a lesson there is ${kinds.join(', ')}, not ${asked.kind}.`,
        );
      groups.push(group);
    }
    const holdOf = await createHold(classLists, person);
    const holds = groups.map(({ id }) => holdOf(id));
    const foreign = groups[holds.indexOf('none')];
    if (foreign) return refused(403, 'not-your-class', `${foreign.name} is not one of your classes.`);
    const at = now();
    const end = checkEnd(asked.endsAt, at.getTime(), policy, person);
    if (end) return end;

    const chosen = await chosenSites(asked, person, groups, policy);
    if (!chosen.ok) return chosen;
    const seatsWrong = asked.seats.length > 0 ? await checkSeats(asked.seats, groups, holdOf) : null;
    if (seatsWrong) return seatsWrong;

    const live = await liveNow();
    const startsAt = at.toISOString();
    const lesson: KeptLesson = {
      id: newId(),
      person: person.id,
      adult: person.name,
      kind: asked.kind,
      groups: groups.map(({ id }) => id),
      title: titleOf(asked, chosen.sites, policy, chosen.again),
      sites: chosen.sites,
      bundles: chosen.bundles,
      seats: [...new Set(asked.seats)],
      opened: [],
      startsAt,
      endsAt: new Date(asked.endsAt).toISOString(),
      latestEnd: new Date(latestEndOf(at.getTime(), policy)).toISOString(),
      endedAt: null,
      eyesUpSince: null,
      code: makeCode(new Set(live.map(({ code }) => code))),
      presenter: null,
    };
    await store.transaction().execute(async (writing) => {
      let newer = at.getTime();
      for (const older of live) {
        if (older.person === person.id && older.groups.every((id) => lesson.groups.includes(id))) {
          // She starts again with the same class: what she did before must not come back when this one stops.
          await changeLesson(writing, older.id, { endedAt: startsAt, eyesUpSince: null });
          continue;
        }
        // The newest holds, also when the clock was put back; and of those before it each keeps its place.
        const began = Date.parse(older.startsAt);
        newer = Math.min(began, newer - 1);
        if (newer < began) await changeLesson(writing, older.id, { startsAt: new Date(newer).toISOString() });
      }
      await keepLesson(writing, lesson);
      await writeAudit(writing, [line(person, 'started-lesson', lesson, startedNote(lesson, holds))]);
    });
    changed();
    return { ok: true, lesson };
  }

  /** The sites and bundles of a lesson that is asked for, each checked. */
  async function chosenSites(
    asked: StartLesson,
    person: Person,
    groups: readonly Class[],
    policy: Policy,
  ): Promise<{ ok: true; sites: EntryLine[]; bundles: string[]; again: KeptLesson | null } | Refused> {
    const again = asked.again === undefined ? null : ((await lessonOf(store, asked.again)) ?? null);
    if (asked.again !== undefined) {
      if (!again) return refused(422, 'no-lesson', 'The earlier lesson is not there any more.');
      if (!again.groups.some((id) => groups.some((group) => group.id === id)))
        return refused(422, 'not-of-this-class', 'The earlier lesson was another class’s.');
    }
    const listed = readListed(policy, asked.lists, groups);
    if (!listed.ok) return listed;
    const unknown = asked.bundles.find((id) => !policy.bundles.some((bundle) => bundle.id === id));
    if (unknown !== undefined)
      return refused(422, 'no-bundle', `There is no bundle “${unknown.slice(0, 40)}”.`);
    const pasted = await checkPasted(asked.sites, person, groups);
    if (!pasted.ok) return pasted;
    const at = now().getTime();
    const sites = onceEach(
      [...sitesAgain(again, person, groups, policy), ...listed.sites, ...pasted.sites].filter(
        ({ endsAt }) => endsAt === undefined || Date.parse(endsAt) > at,
      ),
    );
    const wrong = await checkSites(sites, groups, person, policy);
    if (wrong) return wrong;
    const kept = (again?.bundles ?? []).filter((id) => policy.bundles.some((bundle) => bundle.id === id));
    return { ok: true, sites, bundles: [...new Set([...kept, ...asked.bundles])], again };
  }

  /** The sites of an earlier lesson. Whoever has a day pass takes what is approved, not what a colleague pasted. */
  function sitesAgain(
    again: KeptLesson | null,
    { pass }: Person,
    groups: readonly Class[],
    policy: Policy,
  ): EntryLine[] {
    const sites = again?.sites ?? [];
    if (pass === null) return sites;
    const approved = groups.map((group) => approvedEntries(policy, group, now().getTime()));
    return sites.filter(({ entry }) => approved.every((entries) => entries.has(entry)));
  }

  /** One change of a live lesson, by its adult or whoever has the class too. */
  async function change(person: Person, id: string, asked: ChangeLesson): Promise<LessonChanged> {
    const lesson = await lessonOf(store, id);
    const holdOf = await createHold(classLists, person);
    if (!lesson || !maySee(lesson, person, holdOf))
      return refused(404, 'no-lesson', 'There is no such lesson.');
    if (!mayChange(lesson, person, holdOf))
      return refused(403, 'not-your-class', `This lesson is ${lesson.adult}’s.`);
    if (lesson.endedAt !== null || Date.parse(lesson.endsAt) <= now().getTime())
      return refused(409, 'lesson-over', 'This lesson is over.');
    const made = await changesFor(person, lesson, asked);
    if ('ok' in made) return made;
    await store.transaction().execute(async (writing) => {
      await changeLesson(writing, id, made.changes);
      await writeAudit(writing, [line(person, made.act, lesson, made.note)]);
    });
    changed();
    return { ok: true, lesson: { ...lesson, ...made.changes } };
  }

  type Made = { changes: Partial<KeptLesson>; act: string; note: string };

  async function changesFor(
    person: Person,
    lesson: KeptLesson,
    asked: ChangeLesson,
  ): Promise<Made | Refused> {
    const policy = await policyNow(store);
    if (!policy) return refused(409, 'no-policy', 'No policy is published yet.');
    const groups = (await classLists.classes(policy)).filter(({ id }) => lesson.groups.includes(id));
    const at = now().toISOString();
    switch (asked.change) {
      case 'extend': {
        const wrong = checkEnd(asked.endsAt, Date.parse(lesson.startsAt), policy, person);
        const endsAt = new Date(asked.endsAt).toISOString();
        return wrong ?? { changes: { endsAt }, act: 'extended-lesson', note: `until ${endsAt}` };
      }
      case 'stop':
        return { changes: { endedAt: at, eyesUpSince: null }, act: 'stopped-lesson', note: '' };
      case 'eyes-up':
        return {
          changes: { eyesUpSince: asked.on ? (lesson.eyesUpSince ?? at) : null },
          act: asked.on ? 'eyes-up' : 'eyes-down',
          note: '',
        };
      case 'add-sites': {
        const pasted = await checkPasted(asked.sites, person, groups);
        if (!pasted.ok) return pasted;
        const sites = onceEach([...lesson.sites, ...pasted.sites]);
        const wrong = await checkSites(pasted.sites, groups, person, policy);
        if (wrong) return wrong;
        if (sites.length > MOST_SITES)
          return refused(422, 'too-many-sites', `A lesson has ${MOST_SITES} sites at most.`);
        return { changes: { sites }, act: 'added-sites', note: `${pasted.sites.length}` };
      }
      case 'remove-site': {
        const sites = lesson.sites.filter(({ entry }) => entry !== asked.entry);
        if (sites.length === lesson.sites.length)
          return refused(422, 'no-site', 'This site is not one of the lesson’s.');
        return { changes: { sites }, act: 'removed-site', note: `${sites.length} left` };
      }
      case 'tick-seats': {
        const fresh = asked.seats.filter((id) => !lesson.seats.includes(id));
        const wrong =
          fresh.length > 0 ? await checkSeats(fresh, groups, await createHold(classLists, person)) : null;
        const seats = [...new Set(asked.seats)];
        return wrong ?? { changes: { seats }, act: 'ticked-seats', note: `${seats.length}` };
      }
      case 'open-seat': {
        const wrong = await checkSeats([asked.seat], groups, await createHold(classLists, person));
        return (
          wrong ?? { changes: { opened: withSeat(lesson, asked.seat, 'hand') }, act: 'opened-seat', note: '' }
        );
      }
      case 'present': {
        const presenter = hashAccount(person.email);
        if (asked.on && !(await hasSeatOf(store, presenter)))
          return refused(
            422,
            'no-own-seat',
            'No computer is known under your school account, so there is none to present on.',
          );
        return {
          changes: { presenter: asked.on ? presenter : null },
          act: asked.on ? 'presents-lesson' : 'ends-presenting',
          note: '',
        };
      }
    }
  }

  const line = (person: Person | null, act: string, { id, groups }: KeptLesson, note: string) => ({
    at: now(),
    person: person?.id ?? null,
    by: person?.name ?? 'Keystage',
    act,
    item: id,
    note: [groups.join(', '), note].filter(Boolean).join(': '),
  });

  /** Those of these people who still may sign in: the command line may have removed one meanwhile. */
  async function whoTeaches(people: readonly string[]): Promise<Set<string>> {
    if (people.length === 0) return new Set();
    const rows = await store
      .selectFrom('people')
      .select('id')
      .where('id', 'in', [...new Set(people)])
      .where('deactivatedAt', 'is', null)
      .execute();
    return new Set(rows.map(({ id }) => id));
  }

  /** Ends lessons for good: what has ended does not come back with a clock that is set back. */
  async function end(ended: readonly KeptLesson[], why: string): Promise<void> {
    if (ended.length === 0) return;
    const endedAt = now().toISOString();
    await store.transaction().execute(async (writing) => {
      for (const { id } of ended) await changeLesson(writing, id, { endedAt, eyesUpSince: null });
      await writeAudit(
        writing,
        ended.map((lesson) => line(null, 'lesson-ended', lesson, why)),
      );
    });
    changed();
  }

  return {
    policyNow: () => policyNow(store),
    liveNow,
    start: (person: Person, asked: StartLesson) => inTurn(() => start(person, asked)),
    change: (person: Person, id: string, asked: ChangeLesson) => inTurn(() => change(person, id, asked)),
    /** Ends what is due. `isOver` may know better than the clock. */
    endDue: (isOver: (lesson: KeptLesson) => boolean): Promise<void> =>
      inTurn(async () => {
        const open = await openLessons(store);
        await end(open.filter(isOver), 'its end');
        const running = open.filter((lesson) => !isOver(lesson));
        const staff = await whoTeaches(running.map(({ person }) => person));
        await end(
          running.filter(({ person }) => !staff.has(person)),
          NO_ADULT,
        );
      }),
    /** Whoever may not teach any more leaves no class open behind her. */
    endLessonsOf: (person: string): Promise<void> =>
      inTurn(async () =>
        end(
          (await openLessons(store)).filter((lesson) => lesson.person === person),
          NO_ADULT,
        ),
      ),
    /** Opens one seat for the list of the live lesson that has this code; false if there is none for it. */
    openByCode: (typed: string, seat: string): Promise<KeptLesson | null> =>
      inTurn(async () => {
        const code = codeMeant(typed);
        const lesson = (await liveNow()).find((one) => one.code === code);
        if (!lesson || lesson.opened.filter(({ by }) => by === 'code').length >= SEATS_BY_CODE) return null;
        const policy = await policyNow(store);
        const groups = (await classLists.classes(policy)).filter(({ id }) => lesson.groups.includes(id));
        const [known] = await orderedSeats(store, [seat]);
        if (!known || (await checkSeats([seat], groups, null))) return null;
        const opened = withSeat(lesson, seat, 'code');
        if (opened.length === lesson.opened.length) return lesson;
        await store.transaction().execute(async (writing) => {
          await changeLesson(writing, lesson.id, { opened });
          await writeAudit(writing, [
            { ...line(null, 'opened-seat', lesson, 'by the lesson’s code'), by: 'a seat' },
          ]);
        });
        changed();
        return { ...lesson, opened };
      }),
  };
}
export type LessonsOf = ReturnType<typeof createLessons>;

const NO_ADULT = 'its adult was deactivated';

/** A class, and not the whole school: more seats by one code mean that it has gone round. */
const SEATS_BY_CODE = 40;

const withSeat = ({ opened }: KeptLesson, seat: string, by: 'code' | 'hand') =>
  opened.some((one) => one.seat === seat) ? opened : [...opened, { seat, by }];

export const maySee = (lesson: KeptLesson, person: Person, holdOf: (group: string) => Hold): boolean =>
  lesson.person === person.id || lesson.groups.some((group) => holdOf(group) !== 'none');

/** A teacher takes any class for cover, but not the lesson that a colleague is giving there. */
const mayChange = (lesson: KeptLesson, person: Person, holdOf: (group: string) => Hold): boolean =>
  lesson.person === person.id || lesson.groups.some((group) => ['own', 'leads'].includes(holdOf(group)));

const onceEach = (sites: readonly EntryLine[]): EntryLine[] => [
  ...new Map(sites.map((site) => [site.entry, site])).values(),
];

const startedNote = ({ kind, sites, bundles, seats, endsAt }: KeptLesson, holds: readonly Hold[]): string =>
  [
    kind,
    `sites ${sites.length}`,
    `bundles ${bundles.length}`,
    ...(seats.length > 0 ? [`seats ${seats.length}`] : []),
    `until ${endsAt}`,
    ...(holds.includes('cover') ? ['for cover'] : []),
  ].join(', ');
