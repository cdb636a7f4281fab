import type { Trouble } from '../rules/wire.ts';
import type { Clock } from './clock.ts';
import type { Store } from './store.ts';

/** How many the device remembers: enough to see what happened, not a log. */
const KEPT = 32;

export type Troubles = ReturnType<typeof createTroubles>;

/** What was refused or failed, for the status page and the endpoint. Never an address, title or name. */
export function createTroubles(store: Pick<Store, 'get' | 'set'>, clock: Clock) {
  /** On a full disk nothing can be noted; what went wrong must not go further for that. */
  const read = async (): Promise<Trouble[]> => (await store.get('troubles').catch(() => undefined)) ?? [];
  const write = (troubles: Trouble[]) => store.set('troubles', troubles).catch(() => undefined);
  return {
    /** The same trouble again moves to the end instead of filling the list. */
    async note(where: string, code: string, detail = ''): Promise<void> {
      const trouble: Trouble = {
        at: new Date(clock.now()).toISOString(),
        where,
        code,
        detail: detail.slice(0, 500),
      };
      const earlier = (await read()).filter((other) => other.where !== where || other.code !== code);
      await write([...earlier, trouble].slice(-KEPT));
    },
    async over(where: string): Promise<void> {
      const all = await read();
      const left = all.filter((trouble) => trouble.where !== where);
      if (left.length < all.length) await write(left);
    },
    list: read,
  };
}
