import { sql } from 'kysely';
import { type CategoryId, categories } from '../../rules/categories.ts';
import { Stage } from '../../rules/stages.ts';
import { RequestEvent } from '../../rules/wire.ts';
import { policyNow } from '../documents-now.ts';
import { youngest } from '../groups/class-list.ts';
import { allClasses, classesOf } from '../groups/classes.ts';
import { classListSpeaker } from '../groups/speaker.ts';
import { openLessons } from '../lessons/store.ts';
import type { Person } from '../people.ts';
import type { Writing } from '../store/tables.ts';
import type { RequestLine } from './wire.ts';

/** A request with its event, as the endpoint keeps it. */
export type Asked = { id: string; seat: string; receivedAt: string; host: string; event: RequestEvent };

/** So many of one seat are shown, the newest: whoever sends a thousand hides nobody else's. */
const SHOWN_OF_SEAT = 20;
const SHOWN = 2_000;

export async function askedBy(store: Writing, id: string, now: Date): Promise<Asked | undefined> {
  return (await read(store, now, id))[0];
}

/** Requests that nobody has answered, the longest first. */
async function read(store: Writing, now: Date, id?: string): Promise<Asked[]> {
  let asked = store
    .selectFrom('items')
    .innerJoin('events', 'events.id', 'items.id')
    .innerJoin('seats', 'seats.id', 'items.seat')
    .leftJoin('requestAnswers', 'requestAnswers.item', 'items.id')
    .select(['items.id', 'items.seat', 'items.receivedAt', 'items.host', 'events.body'])
    .select(['seats.device', 'seats.account', 'seats.stage', 'seats.group'])
    .select(
      sql<number>`row_number() over (partition by ${sql.ref('items.seat')} order by ${sql.ref('items.receivedAt')} desc)`.as(
        'place',
      ),
    )
    .where('items.kind', '=', 'request')
    .where('items.state', '=', 'new')
    .where('requestAnswers.item', 'is', null);
  if (id !== undefined) asked = asked.where('items.id', '=', id);
  const rows = await store
    .selectFrom(asked.as('asked'))
    .selectAll()
    .where('place', '<=', SHOWN_OF_SEAT)
    .orderBy('place')
    .orderBy('receivedAt')
    .limit(SHOWN)
    .execute();
  if (rows.length === 0) return [];
  const [sits, classes] = await Promise.all([
    classListSpeaker(store).read(now),
    policyNow(store).then((policy) => allClasses(store, policy)),
  ]);
  return rows
    .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : Number(a.receivedAt > b.receivedAt)))
    .map(({ id: item, seat, receivedAt, host, body, device, account, stage, group }) => {
      const here = sits({ id: seat, device, account, stage, group }, []);
      const event = RequestEvent.parse(JSON.parse(body));
      return { id: item, seat, receivedAt, host, event: asKnownHere(event, { stage, ...here }, classes) };
    });
}

/**
 * What a request says of stage and class, as far as we know no better: a pupil in the class lists is of her own
 * classes, and the youngest stage counts of what the device says, the endpoint knows, and the class is.
 */
function asKnownHere(
  event: RequestEvent,
  here: { stage: string; groups?: string[] },
  classes: readonly { id: string; stage: Stage }[],
): RequestEvent {
  const { group: said, ...rest } = event;
  const listed = here.groups ?? [];
  const group = listed.length === 0 || (said !== undefined && listed.includes(said)) ? said : listed[0];
  const known = [here.stage, classes.find(({ id }) => id === group)?.stage].flatMap((stage) => {
    const read = Stage.safeParse(stage);
    return read.success ? [read.data] : [];
  });
  return {
    ...rest,
    ...(group === undefined ? {} : { group }),
    stage: event.stage === 'unknown' ? 'unknown' : known.reduce(youngest, event.stage),
  };
}

/**
 * Who should answer: the teacher of the live lesson first, else a teacher of the class; what is sensitive the network
 * manager, and what is locked nobody (issue 4.8, DESIGN §6).
 */
export function answeredBy(
  { verdict }: Pick<RequestEvent, 'verdict'>,
  lesson: object | null,
): RequestLine['for'] {
  if (verdict.tier === 'locked') return 'nobody';
  const weighs = verdict.category ? categories[verdict.category].class : 'ordinary';
  if (weighs === 'illegal') return 'nobody';
  if (weighs === 'sensitive' || verdict.tier === 'guard' || verdict.tier === 'block')
    return 'network-manager';
  return lesson ? 'lesson' : 'class';
}

/** What waits, as this person sees it: whoever leads sees all, a teacher her lessons and classes. */
export async function waitingFor(store: Writing, person: Person, now: Date): Promise<RequestLine[]> {
  const [asked, policy, own, lessons] = await Promise.all([
    read(store, now),
    policyNow(store),
    classesOf(store, person.email),
    openLessons(store),
  ]);
  const classes = await allClasses(store, policy);
  const lines = asked.map(({ id, receivedAt, host, event }): RequestLine & { teaches: boolean } => {
    const lesson = lessons.find((one) => one.id === event.lesson && Date.parse(one.endsAt) > now.getTime());
    const group = classes.find((one) => one.id === event.group) ?? null;
    const whose = answeredBy(event, lesson ?? null);
    const leadsIt = lesson?.person === person.id;
    const teaches = leadsIt || (event.group !== undefined && own.includes(event.group));
    return {
      id,
      receivedAt,
      host,
      stage: event.stage,
      group: group && { id: group.id, name: group.name },
      lesson: lesson ? { id: lesson.id, adult: lesson.adult, endsAt: lesson.endsAt } : null,
      category: (event.verdict.category as CategoryId | undefined) ?? null,
      for: whose,
      mine:
        whose === 'network-manager'
          ? person.role === 'network-manager'
          : whose === 'lesson'
            ? leadsIt
            : whose === 'class' && teaches,
      teaches,
    };
  });
  return lines.filter((line) => maySee(person, line)).map(({ teaches: _, ...line }) => line);
}

/** A teacher sees what her own lessons and classes ask, the network manager what only he may open. */
function maySee({ role }: Person, line: RequestLine & { teaches: boolean }): boolean {
  if (role === 'network-manager') return line.for === 'network-manager';
  return role === 'teacher' ? line.teaches : true;
}

/** The stage that a request came from, for the rules: what we do not know is not open. */
export const stageOf = ({ stage }: Pick<RequestEvent, 'stage'>): Stage | null => {
  const read = Stage.safeParse(stage);
  return read.success ? read.data : null;
};
