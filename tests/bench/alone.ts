import { parseArgs } from 'node:util';
import { buildWhatChanged } from '../fixtures/build.ts';
import { type Bench, holds, tableOf } from './figures.ts';

/** Runs one bench from the command line, `node tests/bench/starts.ts --times 30`, and fails by its bounds. */
export async function runAlone(bench: Bench): Promise<void> {
  const { values } = parseArgs({ options: { times: { type: 'string' } } });
  if (!process.env.KEYSTAGE_BUILD) await buildWhatChanged();
  const figures = await bench({ ...(values.times ? { times: Number(values.times) } : {}), say: console.log });
  console.log(`\n${tableOf(figures)}`);
  if (!figures.every(holds)) process.exitCode = 1;
}
