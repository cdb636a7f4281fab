import fc from 'fast-check';
import { expect } from 'vitest';
import { settled, takeGlobals } from './around.ts';
import { type Act, type ActName, actNames, createDoes, sequences } from './commands.ts';
import type { Teacher } from './school.ts';
import { openWorld } from './world.ts';

/** `SUPERVISION_RUNS`, `SUPERVISION_SEED` and `SUPERVISION_PATH` run more of them, or one of them again: `npm run bench -- supervision`. */
const { SUPERVISION_RUNS, SUPERVISION_SEED, SUPERVISION_PATH } = process.env;

/** What went wrong once, by other seeds: tried before anything else. */
const found: Act[][] = [
  // The endpoint's clock is set back; joining is how the seat hears of it, with orders that it has.
  [
    { act: 'start', who: 'ben', group: '5-oak', kind: 0, minutes: 1, sites: ['a'] },
    { act: 'present', which: 0, on: true },
    { act: 'endpointClock', ms: -36_000_000 },
    { act: 'join', which: 0 },
  ],
];

/**
 * The property: after any sequence of acts no seat is more open than the model says, and each is as open as it says
 * within its bound. Prints what ran, and fails where something never ran.
 */
export async function holdsAfterAnything(): Promise<void> {
  const numRuns = Number(SUPERVISION_RUNS ?? 400);
  const seed = Number(SUPERVISION_SEED ?? 1);
  takeGlobals();
  const world = await openWorld();
  const ran = new Map<ActName, number>(actNames.map((name) => [name, 0]));
  const property = fc.asyncProperty(sequences, async (acts) => {
    await world.begin();
    const does = createDoes(world, new Set<Teacher>());
    for (const act of acts) {
      const before = world.now();
      if (!(await does(act))) continue;
      ran.set(act.act, (ran.get(act.act) ?? 0) + 1);
      await settled();
      world.check(JSON.stringify(act), world.now() - before);
    }
  });
  try {
    await fc.assert(property, {
      numRuns,
      seed,
      ...(SUPERVISION_PATH ? { path: SUPERVISION_PATH } : { examples: found.map((acts) => [acts]) }),
    });
  } finally {
    await world.close();
  }
  const did = [...ran].map(([name, times]) => `${name} ${times}`).join(', ');
  const saw = Object.entries(world.counts).map(([what, times]) => `${what} ${times}`);
  console.info(`${numRuns} sequences, seed ${seed}. Acts: ${did}. Seats looked at: ${saw.join(', ')}.`);
  for (const [name, times] of ran) expect(times, `${name} never ran`).toBeGreaterThan(0);
  for (const [what, times] of Object.entries(world.counts))
    expect(times, `no seat was ever ${what}`).toBeGreaterThan(0);
}
