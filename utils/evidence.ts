import type { Clock } from './clock.ts';
import { sha256Hex } from './digest.ts';
import type { Store } from './store.ts';

/** How long a reported site keeps what it left on the device, in milliseconds: an adult may want to look. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** Which sites were reported from this profile: a one-way fingerprint of each, never its name (promise 6). */
export function createEvidence(store: Pick<Store, 'get' | 'set'>, clock: Pick<Clock, 'now'>) {
  const young = async () => {
    const now = clock.now();
    return ((await store.get('evidence')) ?? []).filter(({ at }) => now - at < KEPT_MS);
  };

  return {
    /** Somebody reported something of these origins: what they keep on the device stays. */
    async keep(origins: readonly string[]): Promise<void> {
      if (origins.length === 0) return;
      const sites = await Promise.all(origins.map((origin) => sha256Hex(origin)));
      const others = (await young()).filter(({ site }) => !sites.includes(site));
      await store.set('evidence', [...others, ...sites.map((site) => ({ site, at: clock.now() }))]);
    },
    /** True if any of these origins was reported. */
    async isKept(origins: readonly string[]): Promise<boolean> {
      const kept = await young();
      if (kept.length === 0) return false;
      const sites = await Promise.all(origins.map((origin) => sha256Hex(origin)));
      return kept.some(({ site }) => sites.includes(site));
    },
  };
}

export type Evidence = ReturnType<typeof createEvidence>;
