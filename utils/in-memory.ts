/** Nothing is trusted longer than this without a look at the store, in milliseconds: the beat of the worker. */
const AT_MOST_MS = 30_000;

/** What was read stays in memory until it is forgotten, no longer good, or half a minute old. */
export type InMemory<T> = { now(): Promise<T>; forget(): void };

/** `time` in milliseconds, across suspensions. What could not be read is asked for again at the next call. */
export function inMemory<T>(
  read: () => Promise<T>,
  time: () => number,
  isGood: (value: T) => boolean = () => true,
): InMemory<T> {
  let kept: { value: Promise<T>; at: number; good: () => boolean } | null = null;

  function begin(): Promise<T> {
    const value = read();
    const mine = { value, at: time(), good: () => true };
    kept = mine;
    value.then(
      (found) => {
        mine.good = () => isGood(found);
      },
      () => {
        if (kept === mine) kept = null;
      },
    );
    return value;
  }

  return {
    now() {
      const age = kept ? time() - kept.at : -1;
      return kept && age >= 0 && age < AT_MOST_MS && kept.good() ? kept.value : begin();
    },
    forget() {
      kept = null;
    },
  };
}
