import { type CategoryId, categories } from '../../rules/categories.ts';
import { Stage } from '../../rules/stages.ts';
import type { RequestEvent } from '../../rules/wire.ts';
import { policyNow } from '../documents-now.ts';
import { allClasses, classesOf } from '../groups/classes.ts';
import { openLessons } from '../lessons/store.ts';
import type { Person } from '../people.ts';
import type { Writing } from '../store/tables.ts';
import type { RequestLine } from './wire.ts';

/** A request with its event, as the endpoint keeps it. */
export type Asked = { id: string; seat: string; receivedAt: string; host: string; event: RequestEvent };

export async function askedBy(store: Writing, id: string): Promise<Asked | undefined> {
  return (await read(store, id))[0];
}

/** Requests that nobody has answered, the longest first. */
async function read(store: Writing, id?: string): Promise<Asked[]> {
  let asked = store
    .selectFrom('items')
    .innerJoin('events', 'events.id', 'items.id')
    .leftJoin('requestAnswers', 'requestAnswers.item', 'items.id')
    .select(['items.id', 'items.seat', 'items.receivedAt', 'items.host', 'events.body'])
    .where('items.kind', '=', 'request')
    .where('items.state', '=', 'new')
    .where('requestAnswers.item', 'is', null)
    .orderBy('items.receivedAt')
    .limit(500);
  if (id !== undefined) asked = asked.where('items.id', '=', id);
  return (await asked.execute()).map(({ body, ...row }) => ({ ...row, event: JSON.parse(body) }));
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
    read(store),
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
