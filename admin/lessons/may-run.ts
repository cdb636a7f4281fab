import type { Person } from '../people.ts';
import { may } from '../roles.ts';
import type { ClassLists } from './class-lists.ts';
import type { KeptLesson } from './store.ts';

/** Whose class it is to somebody: one's own, one that a role covers, one taken for cover, or none of hers. */
export type Hold = 'own' | 'leads' | 'cover' | 'none';

const leads: readonly string[] = ['principal', 'slt', 'dsl', 'coordinator'];

/**
 * Which classes a person may run: leaders all; a teacher her own, and any other of the school for cover, which the
 * audit shows; teaching assistants only their own; whoever has a day pass only the classes of it.
 */
export async function createHold(
  classLists: Pick<ClassLists, 'classesOf'>,
  { email, role, pass }: Person,
): Promise<(group: string) => Hold> {
  if (!may(role, 'run-lessons')) return () => 'none';
  const own = new Set(pass?.groups ?? (await classLists.classesOf(email)));
  const others: Hold = leads.includes(role) ? 'leads' : role === 'teacher' ? 'cover' : 'none';
  return (group) => (own.has(group) ? 'own' : others);
}

type Whose = Pick<KeptLesson, 'person' | 'groups'>;

export const maySee = (lesson: Whose, person: Person, holdOf: (group: string) => Hold): boolean =>
  lesson.person === person.id || lesson.groups.some((group) => holdOf(group) !== 'none');

/** A teacher takes any class for cover, but not the lesson that a colleague is giving there. */
export const mayChange = (lesson: Whose, person: Person, holdOf: (group: string) => Hold): boolean =>
  lesson.person === person.id || lesson.groups.some((group) => ['own', 'leads'].includes(holdOf(group)));
