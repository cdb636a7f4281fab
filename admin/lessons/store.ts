import type { Selectable } from 'kysely';
import { z } from 'zod';
import { LessonKind } from '../../rules/orders.ts';
import { EntryLine } from '../../rules/policy.ts';
import type { Lessons } from '../store/tables/lessons.ts';
import type { Writing } from '../store/tables.ts';

const Opened = z.array(z.object({ seat: z.string(), by: z.enum(['code', 'hand']) }));

/** A lesson as it is kept. */
export type KeptLesson = Omit<
  Selectable<Lessons>,
  'kind' | 'groups' | 'sites' | 'bundles' | 'seats' | 'opened'
> & {
  kind: LessonKind;
  groups: string[];
  sites: EntryLine[];
  bundles: string[];
  seats: string[];
  opened: z.infer<typeof Opened>;
};

const Texts = z.array(z.string());

const read = (row: Selectable<Lessons>): KeptLesson => ({
  ...row,
  kind: LessonKind.parse(row.kind),
  groups: Texts.parse(JSON.parse(row.groups)),
  sites: z.array(EntryLine).parse(JSON.parse(row.sites)),
  bundles: Texts.parse(JSON.parse(row.bundles)),
  seats: Texts.parse(JSON.parse(row.seats)),
  opened: Opened.parse(JSON.parse(row.opened)),
});

function written(lesson: Partial<KeptLesson>): Partial<Selectable<Lessons>> {
  const { groups, sites, bundles, seats, opened, ...rest } = lesson;
  const lists = { groups, sites, bundles, seats, opened };
  return {
    ...rest,
    ...Object.fromEntries(
      Object.entries(lists).flatMap(([name, list]) =>
        list === undefined ? [] : [[name, JSON.stringify(list)]],
      ),
    ),
  };
}

/** Lessons that nobody and nothing has ended yet, the newest first. Some may be past their end for a moment. */
export const openLessons = async (store: Writing): Promise<KeptLesson[]> =>
  (
    await store
      .selectFrom('lessons')
      .selectAll()
      .where('endedAt', 'is', null)
      .orderBy('startsAt', 'desc')
      .orderBy('id')
      .execute()
  ).map(read);

/** Lessons that hold then, the newest first. */
export const liveLessons = async (store: Writing, at: Date): Promise<KeptLesson[]> =>
  (await openLessons(store)).filter(({ endsAt }) => Date.parse(endsAt) > at.getTime());

export async function lessonOf(store: Writing, id: string): Promise<KeptLesson | undefined> {
  const row = await store.selectFrom('lessons').selectAll().where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

/** Lessons that have ended, the newest first: enough of them that every class finds its last one. */
export const pastLessons = async (store: Writing, atMost: number): Promise<KeptLesson[]> =>
  (
    await store
      .selectFrom('lessons')
      .selectAll()
      .where('endedAt', 'is not', null)
      .orderBy('startsAt', 'desc')
      .limit(atMost)
      .execute()
  ).map(read);

export async function keepLesson(store: Writing, lesson: KeptLesson): Promise<void> {
  await store
    .insertInto('lessons')
    .values(written(lesson) as Selectable<Lessons>)
    .execute();
}

export async function changeLesson(
  store: Writing,
  id: string,
  changes: Partial<Omit<KeptLesson, 'id'>>,
): Promise<void> {
  await store.updateTable('lessons').set(written(changes)).where('id', '=', id).execute();
}

/** A year and a term: "as we did last time" still finds it. What was done stands in the audit for longer. */
const KEPT_DAYS = 500;

export async function forgetOldLessons(store: Writing, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000).toISOString();
  await store.deleteFrom('lessons').where('endedAt', '<', before).execute();
}

/** The seats that a lesson opened alone, with one more. */
export const withSeat = ({ opened }: Pick<KeptLesson, 'opened'>, seat: string, by: 'code' | 'hand') =>
  opened.some((one) => one.seat === seat) ? opened : [...opened, { seat, by }];
