import type { Orders } from '../rules/orders.ts';
import type { Settings } from '../rules/settings.ts';
import type { Situation } from '../rules/situation.ts';
import type { KnownStage } from '../rules/stages.ts';
import type { Who } from './identity.ts';

/** The class lists' stage counts for more than the managed one; without settings nothing is known. */
export const stageOf = (settings: Settings | null, orders: Orders | null): KnownStage =>
  settings ? (orders?.stage ?? settings.stage) : 'unknown';

/**
 * Who sits here now. Class lists come with the orders and stay true after these have expired: a lesson ends, a pupil's
 * class does not.
 */
export function situationOf(
  settings: Settings | null,
  orders: Orders | null,
  { account }: Who,
  seat: string | undefined,
  now: number,
): Situation {
  const managed = settings?.group ? [settings.group] : [];
  return {
    stage: stageOf(settings, orders),
    groups: settings ? [...new Set([...managed, ...(orders?.groups ?? [])])] : [],
    ...(account ? { pupil: account } : {}),
    ...(seat ? { seat } : {}),
    now,
  };
}
