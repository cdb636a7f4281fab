import type { CategoryId } from './categories.ts';
import type { Orders } from './orders.ts';
import type { EntryLine, Overlay, Policy, StageRules } from './policy.ts';
import type { Situation } from './situation.ts';
import { type Access, isEarlyYears } from './stages.ts';

/** The rules of a stage as they hold for one pupil, and what overlays open and close by entry. */
export type Overlaid = {
  rules: StageRules;
  open: { from: string; lines: EntryLine[] }[];
  closed: { from: string; lines: EntryLine[] }[];
};

/**
 * A stage's rules with the overlays of this pupil and these groups on them (FIELD N1). Every wider one is laid on
 * first and every stricter one last, whatever their order in the policy, so that where two meet the stricter holds.
 * At EYFS and KS1 no overlay widens access (FIELD A1).
 */
export function applyOverlays(
  rules: StageRules,
  policy: Pick<Policy, 'overlays'> | null,
  situation: Situation,
): Overlaid {
  const mine = (policy?.overlays ?? []).filter((overlay) => isMine(overlay, situation));
  const wider = mine.filter(({ direction }) => direction === 'wider');
  const stricter = mine.filter(({ direction }) => direction === 'stricter');
  const opened = new Set(wider.flatMap(({ categories = [] }) => categories));
  const closed = [...new Set(stricter.flatMap(({ categories = [] }) => categories))];
  const access = (which: 'alone' | 'supervised'): Access => {
    const wished = isEarlyYears(situation.stage) ? [] : wider.flatMap(({ access: to }) => to?.[which] ?? []);
    const kept = stricter.flatMap(({ access: to }) => to?.[which] ?? []);
    return narrowest([widest([rules[which], ...wished]), ...kept]);
  };
  const laidOn = (ids: readonly CategoryId[]): CategoryId[] => [
    ...new Set([...ids.filter((id) => !opened.has(id)), ...closed]),
  ];
  return {
    rules: {
      alone: access('alone'),
      supervised: access('supervised'),
      closedAlways: laidOn(rules.closedAlways),
      closedAlone: laidOn(rules.closedAlone),
    },
    open: linesOf(wider),
    closed: linesOf(stricter),
  };
}

/**
 * The policy as it holds for whoever sits here: with the overlays that their own orders carry (FIELD N1). What narrows
 * stays when the orders expire, what widens ends with them (promise 10).
 */
export function policyHere(
  policy: Policy | null,
  orders: Orders | null,
  { pupil, now }: Pick<Situation, 'pupil' | 'now'>,
): Policy | null {
  if (!policy || !orders?.overlays?.length) return policy;
  const current = Date.parse(orders.expiresAt) > now;
  const own = orders.overlays
    .filter(({ direction }) => current || direction === 'stricter')
    // Orders are this seat's own, so whoever sits here is whom they mean.
    .map((overlay) => ({ ...overlay, scope: { pupils: [pupil ?? ''] } }));
  return { ...policy, overlays: [...(policy.overlays ?? []), ...own] };
}

/** Categories that an overlay closes for somebody: their lists are needed beside those of the stage. */
export const closedByOverlays = (policy: Pick<Policy, 'overlays'>): CategoryId[] => [
  ...new Set(
    (policy.overlays ?? []).flatMap(({ direction, categories = [] }) =>
      direction === 'stricter' ? categories : [],
    ),
  ),
];

/** True if an overlay may let somebody into the filtered web whose stage does not. */
export const mayBeFiltered = (policy: Pick<Policy, 'overlays'>): boolean =>
  (policy.overlays ?? []).some(
    ({ direction, access }) =>
      direction === 'wider' && (access?.alone === 'filtered' || access?.supervised === 'filtered'),
  );

/** When overlays and their entries end. */
export const overlayEnds = (policy: Pick<Policy, 'overlays'> | null): string[] =>
  (policy?.overlays ?? []).flatMap(({ endsAt, entries = [] }) =>
    [endsAt, ...entries.map((line) => line.endsAt)].filter((end) => end !== undefined),
  );

/** Narrowest first. */
const accessOrder: readonly Access[] = ['closed', 'approved', 'filtered'];

const widest = (all: readonly Access[]): Access =>
  [...accessOrder].reverse().find((one) => all.includes(one)) ?? 'closed';
const narrowest = (all: readonly Access[]): Access =>
  accessOrder.find((one) => all.includes(one)) ?? 'closed';

/**
 * Everything that a scope names must fit. A pupil whom nobody knows may be the one that a stricter overlay is for:
 * unknown means the strictest of the group (DESIGN §2).
 */
function isMine(
  { scope, direction, endsAt }: Overlay,
  { groups, pupil, pupilHashed, now }: Situation,
): boolean {
  if (endsAt !== undefined && Date.parse(endsAt) <= now) return false;
  const fits = [
    scope.groups?.some((group) => groups.includes(group)),
    scope.pupils &&
      (pupil === undefined
        ? direction === 'stricter'
        : scope.pupils.some((named) => named === pupilHashed || named.toLowerCase() === pupil.toLowerCase())),
  ].filter((one) => one !== undefined);
  return fits.length > 0 && fits.every(Boolean);
}

const linesOf = (overlays: readonly Overlay[]) =>
  overlays.flatMap(({ id, entries }) => (entries?.length ? [{ from: `overlay:${id}`, lines: entries }] : []));
