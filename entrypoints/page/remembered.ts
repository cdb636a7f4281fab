import type { whyPackaged } from '../../rules/decide.ts';
import type { Policy } from '../../rules/policy.ts';
import type { KnownStage } from '../../rules/stages.ts';

/** What our pages say of the school. */
export type SchoolSays = Pick<Policy, 'contacts' | 'help' | 'reasons' | 'reports' | 'timeZone'>;

/**
 * What the last page of ours drew by: enough for the next to be on the screen before the database has answered. It
 * holds nothing of any pupil or page, and every page draws again from what really holds.
 */
export type Remembered = {
  stage: KnownStage;
  school: SchoolSays | null;
  /** Why a page is closed that only the packaged rule closes. */
  packaged: ReturnType<typeof whyPackaged>;
};

/** Rises with the shape of `Remembered`: what an older version kept is not read. */
const KEY = 'drawn-by-1';

export function remembered(): Remembered | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') as Remembered | null;
  } catch {
    return null;
  }
}

export function remember({ stage, school, packaged }: Remembered): void {
  const kept = school && {
    contacts: school.contacts,
    help: school.help,
    reasons: school.reasons,
    reports: school.reports,
    timeZone: school.timeZone,
  };
  const text = JSON.stringify({ stage, school: kept, packaged });
  if (localStorage.getItem(KEY) !== text) localStorage.setItem(KEY, text);
}
