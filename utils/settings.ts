import { type SettingProblem, Settings } from '../rules/settings.ts';
import type { Store } from './store.ts';

/**
 * What the device knows of its settings. Managed storage is `{}` for seconds on a first start (FIELD E42): that is
 * *unknown*, not empty, and unknown is closed. Settings that cannot be used are *wrong*, and closed too.
 */
export type SettingsState =
  | { state: 'unknown' }
  | { state: 'wrong'; problems: SettingProblem[] }
  | { state: 'known'; settings: Settings; from: 'managed' | 'kept' | 'packaged' };

export type SettingsSources = {
  managed: () => Promise<Record<string, unknown>>;
  /** A `settings.json` beside the manifest, for developers' unpacked copies only; else null. */
  packaged: () => Promise<Record<string, unknown> | null>;
  store: Pick<Store, 'get' | 'set'>;
};

/**
 * Reads the settings. Chrome takes up to three seconds to answer for managed storage at a start (docs/decisions/003),
 * and the sweep cannot wait for it: until the browser has spoken, what it said last counts, and before that nothing.
 */
export function createSettings({ managed, packaged, store }: SettingsSources) {
  async function ask(): Promise<SettingsState> {
    const development = await packaged();
    const given = development ?? (await managed());
    if (Object.keys(given).length === 0) {
      const kept = await store.get('settings');
      return kept ? { state: 'known', settings: kept, from: 'kept' } : { state: 'unknown' };
    }
    const read = Settings.safeParse(given);
    if (!read.success) return { state: 'wrong', problems: read.error.issues.map(problemOf) };
    await store.set('settings', read.data);
    return { state: 'known', settings: read.data, from: development ? 'packaged' : 'managed' };
  }

  return {
    /** What counts now, at once. */
    current: async (): Promise<SettingsState> => (await store.get('settingsSaid')) ?? { state: 'unknown' },
    /** Asks the browser, which may take seconds. True if what counts has changed. */
    async ask(): Promise<boolean> {
      const [said, before] = [await ask(), await store.get('settingsSaid')];
      if (isSame(said, before)) return false;
      await store.set('settingsSaid', said);
      return true;
    },
  };
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const problemOf = (issue: { path: PropertyKey[]; message: string }): SettingProblem => ({
  setting: issue.path.map(String).join('.') || '(all)',
  problem: issue.message,
});
