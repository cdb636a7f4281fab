import type { Trouble } from '../rules/wire.ts';
import type { Clock } from './clock.ts';
import type { Store } from './store.ts';

/** How many the device remembers: enough to see what happened, not a log. */
const KEPT = 32;

export type Troubles = ReturnType<typeof createTroubles>;

/** What was refused or failed, for the status page and the endpoint. Never an address, title or name. */
export function createTroubles(store: Pick<Store, 'get' | 'set'>, clock: Clock) {
  return {
    /** The same trouble again moves to the end instead of filling the list. */
    async note(where: string, code: string, detail = ''): Promise<void> {
      const trouble: Trouble = {
        at: new Date(clock.now()).toISOString(),
        where,
        code,
        detail: detail.slice(0, 500),
      };
      const earlier = ((await store.get('troubles')) ?? []).filter(
        (other) => other.where !== where || other.code !== code,
      );
      await store.set('troubles', [...earlier, trouble].slice(-KEPT));
    },
    async over(where: string): Promise<void> {
      const all = (await store.get('troubles')) ?? [];
      const left = all.filter((trouble) => trouble.where !== where);
      if (left.length < all.length) await store.set('troubles', left);
    },
    list: async (): Promise<Trouble[]> => (await store.get('troubles')) ?? [],
  };
}
