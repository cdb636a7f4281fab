import { parseArgs } from 'node:util';
import { buildWhatChanged } from '../fixtures/build.ts';
import { figuresOf, pressAndKill, seeded } from '../fixtures/kills.ts';
import { openProfile } from '../fixtures/profile.ts';
import { openSchool } from '../fixtures/school.ts';
import { openSite } from '../fixtures/site.ts';
import { unpackFor } from '../fixtures/unpacked.ts';
import { type BenchOptions, type Figure, holds } from './figures.ts';

/**
 * SIGKILL of the whole browser at a random moment up to two seconds after the press, fifty times: what became of the
 * reports. The same `seed` gives the same moments.
 */
export async function run({ times = 50, seed, say }: BenchOptions & { seed?: number }): Promise<Figure[]> {
  const chosen = seed ?? Date.now() % 1_000_000;
  say(`Seed ${chosen}. The same moments again: node tests/bench/kills.ts --seed ${chosen}`);
  if (!process.env.KEYSTAGE_BUILD) await buildWhatChanged(say);
  const site = await openSite();
  const school = await openSchool();
  try {
    const killed = await pressAndKill({
      school,
      site,
      times,
      chance: seeded(chosen),
      openSeat: async (endpoint) => {
        const { extensionId, folder } = await unpackFor(school, 'KS2', { settings: { endpoint } });
        return openProfile({ extensionId, unpacked: folder, resolverRules: site.resolverRules });
      },
      say,
    });
    const { kills, thanked, thankedArrivedOnce, rest, restArrivedOnce, broken } = figuresOf(killed);
    for (const press of broken) say(`  BROKEN: ${JSON.stringify(press)}`);
    const of = (name: string, value: number, outOf: number): Figure => ({
      name,
      unit: '',
      value,
      times: outOf,
    });
    return [
      of('killed 0–2 s after the press: thanked, and arrived exactly once', thankedArrivedOnce, thanked),
      of('killed before the thank-you page: arrived all the same, once', restArrivedOnce, rest),
      {
        ...of('thanked and not arrived, or arrived twice', broken.length, kills),
        bound: { atMost: 0, of: 'value' },
      },
    ];
  } finally {
    await school.close();
    await site.close();
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { times: { type: 'string' }, seed: { type: 'string' } } });
  const figures = await run({
    ...(values.times === undefined ? {} : { times: Number(values.times) }),
    ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
    say: console.log,
  });
  for (const { name, value, times } of figures) console.log(`${name}: ${value} of ${times}`);
  if (!figures.every(holds)) process.exitCode = 1;
}
