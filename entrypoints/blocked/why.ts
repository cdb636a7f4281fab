import { type Why, whyFrom } from '../../components/blocked/why.ts';
import type { Policy } from '../../rules/policy.ts';
import type { Verdict } from '../../rules/verdict.ts';
import type { ClosedAddress } from '../../utils/block-page.ts';
import type { Remembered } from '../page/remembered.ts';

/** The reason as the page says it, with the school's own words where it has any. */
export const whyOf = (verdict: Verdict & { open: false }, policy: Policy | null): Why =>
  whyFrom(verdict.reason, policy?.reasons ?? {});

/** What the rule alone says, before the documents are read, or where they do not speak of this address. */
export function whyFromRule({ tier, category, address }: ClosedAddress, known: Remembered | null): Why {
  if (category && tier !== 'locked') {
    const said = known?.school?.reasons[category];
    return { code: 'category', category, ...(said ? { schoolSays: said } : {}) };
  }
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
      if (!/^https?:/i.test(address)) return { code: 'address-not-understood' };
      return { code: known?.packaged ?? 'not-known-yet' };
  }
}
