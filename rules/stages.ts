import { z } from 'zod';

/** Every stage a seat can have, youngest first. Source: FIELD A1–A6, F11. */
export const stages = ['EYFS', 'KS1', 'KS2', 'KS3', 'KS4', 'staff', 'visitor'] as const;
export const Stage = z.enum(stages);
export type Stage = z.infer<typeof Stage>;

/** What a seat knows of itself: until its settings are read, its stage is unknown, and unknown is closed. */
export type KnownStage = Stage | 'unknown';

/** Pupils whose web is closed unless an adult opens it (FIELD A1, A6). */
export const isEarlyYears = (stage: KnownStage): boolean => stage === 'EYFS' || stage === 'KS1';

/** Pupils, as against adults: only pupils meet the guard tier (DESIGN §6). Unknown counts as a pupil. */
export const isPupil = (stage: KnownStage): boolean => stage !== 'staff' && stage !== 'visitor';

/** How far a stage's web is open: nothing, only what is named, or all but what is named (DESIGN §6). */
export const Access = z.enum(['closed', 'approved', 'filtered']);
export type Access = z.infer<typeof Access>;

/** The three reading levels in which we speak to a person (LOOK, "Children's pages"). */
export type ReadingLevel = 'early' | 'junior' | 'senior';

export function readingLevel(stage: KnownStage): ReadingLevel {
  if (isEarlyYears(stage)) return 'early';
  if (stage === 'KS2' || stage === 'unknown') return 'junior';
  return 'senior';
}
