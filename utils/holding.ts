import type { Documents } from '../rules/documents.ts';
import type { Situation } from '../rules/situation.ts';
import { type Standing, standingOf } from '../rules/standing.ts';
import type { Enforcement } from './enforce.ts';
import type { Held } from './held.ts';
import { type InMemory, inMemory } from './in-memory.ts';

/** What verdicts start from: read once, and good until something begins, ends or arrives. */
export type Holds = { held: Held; documents: Documents; situation: Situation; standing: Standing };
export type Holding = InMemory<Holds>;

/**
 * Keeps what holds in memory: a page in view must not wait for the disk, and a class clicks without a pause. Whoever
 * changes what holds says so (`forget`). `time` is device time in milliseconds.
 */
export function createHolding(enforcement: Pick<Enforcement, 'read'>, time: () => number): Holding {
  async function read(): Promise<Holds> {
    const { held, documents, situation } = await enforcement.read();
    return { held, documents, situation, standing: standingOf(documents, situation) };
  }
  // What was not known may have been a disk that could not be read: it is asked again.
  const isGood = ({ standing }: Holds) =>
    standing.known && (standing.holdsUntil === null || time() < standing.holdsUntil);
  return inMemory(read, time, isGood);
}
