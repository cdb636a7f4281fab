import { createRate, type Rate } from '../rate.ts';

/** Wrong codes that cost nothing but themselves. */
const FREE = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
/** Whoever did not try for so long begins anew. */
const FORGOTTEN_MS = 60 * 60_000;
/** From one address, whichever seats: a school behind one address still has room for its mistakes. */
const usualPerAddress: Rate = { burst: 60, perSecond: 1 / 10 };

/**
 * How often a lesson's code may be guessed: a few times at a seat, then after a pause that doubles; and so many times
 * from one address, since a pupil can enrol as many seats as she likes.
 */
export function createTries(now: () => Date, perAddress: Rate = usualPerAddress) {
  const seats = new Map<string, { wrong: number; at: number; until: number }>();
  const takeOne = createRate(perAddress, now);
  const seconds = (ms: number) => Math.max(0, Math.ceil(ms / 1_000));

  function forget(at: number): void {
    for (const [seat, one] of seats) if (at - Math.max(one.at, one.until) > FORGOTTEN_MS) seats.delete(seat);
  }

  return {
    /** Seconds to wait before a code of this seat is looked at; 0 is now, and counts as a try of its address. */
    waitFor(seat: string, address: string): number {
      // A clock that was put back must not make a pause longer.
      const pause = Math.min(LONGEST_PAUSE_MS, (seats.get(seat)?.until ?? 0) - now().getTime());
      return pause > 0 ? seconds(pause) : takeOne(address);
    },
    /** A wrong code; answers the seconds of the pause that follows. */
    wrong(seat: string): number {
      const at = now().getTime();
      forget(at);
      const wrong = (seats.get(seat)?.wrong ?? 0) + 1;
      const pause = wrong < FREE ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (wrong - FREE));
      seats.set(seat, { wrong, at, until: at + pause });
      return seconds(pause);
    },
    right: (seat: string): void => {
      seats.delete(seat);
    },
  };
}
export type Tries = ReturnType<typeof createTries>;
