/**
 * Every stage a seat can have, youngest first. Source: FIELD A1–A6, F11. Apart from `stages.ts`, because a page's
 * first script must not carry zod (docs/performance.md).
 */
export const stages = ['EYFS', 'KS1', 'KS2', 'KS3', 'KS4', 'staff', 'visitor'] as const;
export type Stage = (typeof stages)[number];

/** What a seat knows of itself: until its settings are read, its stage is unknown, and unknown is closed. */
export type KnownStage = Stage | 'unknown';

/** Pupils whose web is closed unless an adult opens it (FIELD A1, A6). */
export const isEarlyYears = (stage: KnownStage): boolean => stage === 'EYFS' || stage === 'KS1';

/** Pupils, as against adults: only pupils meet the guard tier (DESIGN §6). Unknown counts as a pupil. */
export const isPupil = (stage: KnownStage): boolean => stage !== 'staff' && stage !== 'visitor';

/** The three reading levels in which we speak to a person (LOOK, "Children's pages"). */
export type ReadingLevel = 'early' | 'junior' | 'senior';

export function readingLevel(stage: KnownStage): ReadingLevel {
  if (isEarlyYears(stage)) return 'early';
  if (stage === 'KS2' || stage === 'unknown') return 'junior';
  return 'senior';
}
