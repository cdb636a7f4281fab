import type { Person } from '../people.ts';
import type { AuditLine } from '../store/audit.ts';
import type { KeptLesson } from './store.ts';

/** Who did what to a lesson; nobody is the endpoint itself. */
export const lessonLine = (
  at: Date,
  person: Pick<Person, 'id' | 'name'> | null,
  act: string,
  { id, groups }: Pick<KeptLesson, 'id' | 'groups'>,
  note: string,
): AuditLine => ({
  at,
  person: person?.id ?? null,
  by: person?.name ?? 'Keystage',
  act,
  item: id,
  note: [groups.join(', '), note].filter(Boolean).join(': '),
});
