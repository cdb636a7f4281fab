import { helplinesOf } from '../../components/help/helplines.ts';
import type { Contact, Policy } from '../../rules/policy.ts';
import type { KnownStage } from '../../rules/stages.ts';
import type { SchoolSays } from './remembered.ts';

/** Who can help, from the policy; offline too. */
export const helpersIn = (policy: SchoolSays | null): readonly Contact[] => policy?.contacts ?? [];

export const helplinesFor = (policy: SchoolSays | null, stage: KnownStage) =>
  helplinesOf(policy?.help ?? [], stage);

/** Who gets reports: the role that the policy names, and a person only if the school says so. */
export function reportsGoTo(policy: SchoolSays | null): { role: Policy['reports']['to']; name?: string } {
  const role = policy?.reports.to ?? 'coordinator';
  const name = policy?.contacts.find((contact) => contact.role === role)?.name;
  return { role, ...(name ? { name } : {}) };
}
