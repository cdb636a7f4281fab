import type { CategoryId } from './categories.ts';
import type { Hosts } from './hosts.ts';
import type { Paths } from './lists/paths.ts';
import type { Orders } from './orders.ts';
import type { Policy } from './policy.ts';

/** Hosts of each category's list: `rules/` only reads them, line by line or by look-up. */
export type Lists = ReadonlyMap<CategoryId, Hosts>;

/** What the school has said, as far as the device (or the console) holds it. */
export type Documents = {
  policy: Policy | null;
  orders: Orders | null;
  lists: Lists;
  /** What the same lists say of less than a host. */
  paths?: ReadonlyMap<CategoryId, Paths>;
  /** False until the lists that a filtered stage closes are enforced: until then filtered is approved (DESIGN §7). */
  listsInForce: boolean;
  /** The endpoint's own host, from the managed settings: essential, so that the device can sync. */
  endpointHost?: string;
};
