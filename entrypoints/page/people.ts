import { builtInHelp } from '../../rules/help.ts';
import type { Contact, Policy } from '../../rules/policy.ts';
import { isEarlyYears, type KnownStage } from '../../rules/stages.ts';

/** Who can help, from the policy; offline too. */
export const helpersIn = (policy: Policy | null): readonly Contact[] => policy?.contacts ?? [];

/** Helplines that really open (DESIGN §6): the built-in ones and the school's own; the youngest have their teacher. */
export const helplinesFor = (policy: Policy | null, stage: KnownStage) =>
  isEarlyYears(stage)
    ? []
    : [...builtInHelp, ...(policy?.help ?? [])].map(({ title, phone, host }) => ({
        title,
        ...(phone ? { phone } : {}),
        ...(host ? { address: `https://${host}/` } : {}),
      }));

/** Who gets reports: the role that the policy names, and a person only if the school says so. */
export function reportsGoTo(policy: Policy | null): { role: Policy['reports']['to']; name?: string } {
  const role = policy?.reports.to ?? 'coordinator';
  const name = policy?.contacts.find((contact) => contact.role === role)?.name;
  return { role, ...(name ? { name } : {}) };
}
