import { parseArgs } from 'node:util';
import { type Figure, holds, tableOf } from './figures.ts';

/**
 * Runs one bench in a process of its own: `node tests/bench/one.ts speed --times 20`. A bench is a file beside this
 * one that exports `run(options)`, or does its work when it is loaded. It fails by a bound that does not hold, an
 * error, or `process.exitCode`.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string' } },
});
const [name = ''] = positionals;
if (!/^[a-z-]+$/.test(name)) throw new Error('Name a bench: node tests/bench/one.ts <name> [--times <n>]');

const bench = (await import(`./${name}.ts`)) as { run?: (options: unknown) => Promise<Figure[] | undefined> };
const times = values.times === undefined ? {} : { times: Number(values.times) };
const given = await bench.run?.({ ...times, say: (line: string) => console.log(line) });
const figures = Array.isArray(given) ? given : [];
if (figures.length > 0) console.log(`\n${tableOf(figures)}`);
if (!figures.every(holds)) process.exitCode = 1;
// Whoever runs several makes one table of all.
if (process.send) process.send(figures);
process.disconnect?.();
