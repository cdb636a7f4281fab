import type { AuditAct, AuditFacts } from '../audit-acts.ts';
import type { Person } from '../people.ts';
import type { AuditLine } from '../store/audit.ts';
import type { KeptLesson } from './store.ts';

/** Who did what to a lesson; nobody is the endpoint itself. */
export const lessonLine = (
  at: Date,
  person: Pick<Person, 'id' | 'name'> | null,
  act: AuditAct,
  { id, groups }: Pick<KeptLesson, 'id' | 'groups'>,
  facts: AuditFacts,
): AuditLine => ({
  at,
  person: person?.id ?? null,
  by: person?.name ?? 'Keystage',
  act,
  item: id,
  facts: { ...(groups.length > 0 ? { classes: groups } : {}), ...facts },
});
