import type { Why } from '../../components/blocked/why.ts';
import type { Policy } from '../../rules/policy.ts';
import type { Verdict } from '../../rules/verdict.ts';
import type { ClosedAddress } from '../../utils/block-page.ts';

/** The reason as the page says it, with the school's own words where it has any. */
export function whyOf(verdict: Verdict & { open: false }, policy: Policy | null): Why {
  const { reason } = verdict;
  const said = reason.code === 'category' ? policy?.reasons[reason.category] : undefined;
  return said ? { ...reason, schoolSays: said } : reason;
}

/** What the rule alone says, where the documents cannot be read or do not speak of this address. */
export function whyFromRule({ tier, category, address }: ClosedAddress): Why {
  if (category) return { code: 'category', category };
  switch (tier) {
    case 'locked':
      return { code: 'locked' };
    case 'block':
      return { code: 'school-list' };
    case 'focus':
      return { code: 'focus', until: null };
    case 'guard':
      return { code: 'guard-ip' };
    default:
      return /^https?:/i.test(address) ? { code: 'not-approved' } : { code: 'address-not-understood' };
  }
}
