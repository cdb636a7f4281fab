import { type Address, isListed } from './address.ts';
import { type CategoryClass, type CategoryId, categories } from './categories.ts';
import { judge } from './decide.ts';
import type { Documents } from './documents.ts';
import { type GrantRole, type MayGrant, mayGrantClass } from './grant-table.ts';
import type { Situation } from './situation.ts';
import { standingOf } from './standing.ts';
import type { TierName } from './tiers.ts';

export type MayGrantAddress =
  | (MayGrant & { because: CategoryId[] })
  | { may: false; code: 'already-open' | 'ends-by-itself' };

/**
 * Whether a role may open one address for a pupil: the endpoint asks before it signs a grant or a lesson. A grant
 * outranks every category that lists the address, so the strictest of them decides, and not only the one that the
 * verdict names. Ways round the filter and the school's own list count as sensitive (FIELD B1, U1).
 */
export function mayGrantAddress(
  role: GrantRole,
  documents: Documents,
  situation: Situation,
  address: Address,
): MayGrantAddress {
  const standing = standingOf(documents, situation);
  const verdict = judge(standing, documents, address);
  if (verdict.open) return { may: false, code: 'already-open' };
  if (verdict.tier === 'suspended') return { may: false, code: 'ends-by-itself' };
  const shut = [...standing.lockedCategories, ...standing.closedAlways, ...standing.closedAlone];
  const because = shut.filter(
    (id) =>
      isListed(documents.lists.get(id) ?? none, address.host) ||
      documents.paths?.get(id)?.names(address, false) === true,
  );
  const classes = [classOf(verdict.tier), ...because.map((id) => categories[id].class)];
  const strictest = order.find((one) => classes.includes(one)) ?? 'ordinary';
  return { ...mayGrantClass(role, strictest), because };
}

const none: ReadonlySet<string> = new Set();
const order: readonly CategoryClass[] = ['illegal', 'sensitive', 'ordinary'];

/** What a tier's no weighs where no category says it. */
function classOf(tier: TierName): CategoryClass {
  if (tier === 'locked') return 'illegal';
  return tier === 'guard' || tier === 'block' ? 'sensitive' : 'ordinary';
}
