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

/** Reads the settings: what the browser manages, else the last that were good. */
export async function readSettings({ managed, packaged, store }: SettingsSources): Promise<SettingsState> {
  const given = await managed();
  const nothingGiven = Object.keys(given).length === 0;
  const development = nothingGiven ? await packaged() : null;
  if (nothingGiven && !development) {
    const kept = await store.get('settings');
    return kept ? { state: 'known', settings: kept, from: 'kept' } : { state: 'unknown' };
  }
  const read = Settings.safeParse(development ?? given);
  if (!read.success) return { state: 'wrong', problems: read.error.issues.map(problemOf) };
  const kept = await store.get('settings');
  if (JSON.stringify(kept) !== JSON.stringify(read.data)) await store.set('settings', read.data);
  return { state: 'known', settings: read.data, from: development ? 'packaged' : 'managed' };
}

const problemOf = (issue: { path: PropertyKey[]; message: string }): SettingProblem => ({
  setting: issue.path.map(String).join('.') || '(all)',
  problem: issue.message,
});
