import { highestEpoch, newestDocument } from './store/documents.ts';
import { readStanding, writeStanding } from './store/standing.ts';
import type { Writing } from './store/tables.ts';

/** How far ahead a mark is kept, so that not every signature waits for the disk. */
const AHEAD_MS = 1_000;

type Version = { epoch: number; issuedAt: number };

/**
 * The versions of orders: (epoch, issuedAt) rises strictly, also over a restart and when the clock was put back. What
 * was given out never lies above the mark that is on the disk.
 */
export function createOrdersVersions(store: Writing, now: () => Date) {
  let last: Version | undefined;
  let marked: Version | undefined;

  async function begin(): Promise<Version> {
    const kept = (await readStanding(store, 'orders-issued')) as Version | undefined;
    // An endpoint of before kept its orders among the documents.
    const older = await newestDocument(store, 'orders');
    const before = older ? { epoch: older.epoch, issuedAt: Date.parse(older.issuedAt) } : undefined;
    marked = kept ?? { epoch: 0, issuedAt: 0 };
    return before && isAfter(before, marked) ? before : marked;
  }

  /** The epoch that documents are signed under now: the command line may have raised it. */
  const epochNow = async () =>
    Math.max(Number((await readStanding(store, 'epoch')) ?? 1), await highestEpoch(store));

  return {
    epochNow,
    /** A version above every one before, on the disk before it is used. */
    async next(): Promise<Version> {
      last ??= await begin();
      const epoch = Math.max(await epochNow(), last.epoch);
      const at = now().getTime();
      const next = { epoch, issuedAt: epoch > last.epoch ? at : Math.max(at, last.issuedAt + 1) };
      last = next;
      if (!marked || isAfter(next, marked)) {
        const mark = { epoch, issuedAt: next.issuedAt + AHEAD_MS };
        await writeStanding(store, 'orders-issued', mark);
        marked = mark;
      }
      return next;
    },
  };
}

const isAfter = (one: Version, other: Version): boolean =>
  one.epoch - other.epoch > 0 || (one.epoch === other.epoch && one.issuedAt > other.issuedAt);
