const FIRST_MS = 2_000;
const LAST_MS = 5 * 60_000;

/**
 * How long to wait after the given number of failures in a row, in milliseconds: doubling up to five minutes, with
 * jitter (`chance` is 0 to 1), so that a school of seats does not come back in one wave.
 */
export const backOff = (tries: number, chance: number): number =>
  Math.min(LAST_MS, FIRST_MS * 2 ** Math.max(0, tries - 1)) * (0.5 + chance / 2);
