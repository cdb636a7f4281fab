import type { KnownStage } from './stages.ts';

/** All that a verdict depends on besides the address and the documents (DESIGN §2). */
export type Situation = {
  stage: KnownStage;
  groups: readonly string[];
  /** The account, where Chrome tells one. */
  pupil?: string;
  /** The same as the policy writes it, hashed with its salt. */
  pupilHashed?: string;
  seat?: string;
  /** Device time in milliseconds: the latest ever seen (promise 10). */
  now: number;
};

/** The strictest situation: settings not read yet, or not usable. */
export const unknownSituation = (now: number): Situation => ({ stage: 'unknown', groups: [], now });
