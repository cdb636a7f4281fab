import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildWhatChanged } from '../fixtures/build.ts';
import { findChromium } from '../fixtures/chromium.ts';
import { type Figure, tableOf } from './figures.ts';

/** Every bench, in the order in which all of them run: `npm run bench`, or `npm run bench -- speed size --times 20`. */
const benches = {
  speed: 'click to thank-you page, block page, page load, cold start',
  size: 'the built extension, by group and module',
  decide: 'verdicts a second with 700,000 names in memory, and what they take',
  fleet: 'thirty fresh profiles at once; one with the endpoint down',
  lessons: '2,000 seats on the live channel: tap to orders verified, what it costs the endpoint',
  'sign-out': 'a profile that is wiped, a lid that is closed, right after the click',
  tap: 'what an adult taps in the console, until it is in force on a seat',
  polling: 'the same where the live channel is refused, or half open',
  kills: 'the browser and the endpoint, killed',
  starts: 'start-up addresses on closed hosts',
  'first-install': 'navigations from install until the policy is in force',
  lists: 'import of real lists, and what a list and its change cost to send',
  resident: 'those lists in Chromium: applied, and a page, a lesson and a re-index with them there',
  agreement: "verdict and Chrome's own engine: 200,000 cases, 500 real loads, mutations of the rules",
  supervision: 'seats against the model of who may open what: 2,000 sequences of whatever may happen',
} as const;

/** What `npm test` runs as well, longer here: their runner's command and what tells it how long. */
const longTests: Record<string, (times: string | undefined) => { args: string[]; env: NodeJS.ProcessEnv }> = {
  agreement: (schools = '4000') => ({
    args: [
      'node_modules/@playwright/test/cli.js',
      'test',
      'tests/engine',
      '--project',
      'engine',
      '--retries',
      '0',
    ],
    env: { AGREEMENT_SCHOOLS: schools, NAVIGATION_SCHOOLS: '50' },
  }),
  supervision: (sequences = '2000') => ({
    args: ['node_modules/vitest/vitest.mjs', 'run', '--project', 'supervision'],
    env: { SUPERVISION_RUNS: sequences, SUPERVISION_SEED: String(Date.now() % 1_000_000) },
  }),
};

const home = fileURLToPath(new URL('../../', import.meta.url));
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string' }, help: { type: 'boolean' } },
});
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
if (values.help || unknown.length > 0) {
  for (const name of unknown) console.error(`There is no bench "${name}".`);
  console.log('npm run bench [-- <name>…] [--times <n>]\n');
  for (const [name, what] of Object.entries(benches)) console.log(`  ${name.padEnd(14)} ${what}`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

type Outcome = { name: string; failed: string | null; figures: Figure[]; seconds: number };

/** One bench in its own process: what it leaves behind or breaks is not the next one's. */
function runOne(name: string): Promise<Outcome> {
  const began = Date.now();
  const done = (failed: string | null, figures: Figure[] = []): Outcome => ({
    name,
    failed,
    figures,
    seconds: (Date.now() - began) / 1_000,
  });
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const longTest = longTests[name]?.(values.times);
  if (!longTest && !existsSync(file)) return Promise.resolve(done('its file is not there'));
  const times = values.times === undefined ? [] : ['--times', values.times];
  const args = longTest?.args ?? ['tests/bench/one.ts', name, ...times];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: home,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Who names a seed means that seed.
      env: { ...longTest?.env, ...process.env },
    });
    let figures: Figure[] = [];
    child.on('message', (sent) => {
      if (Array.isArray(sent)) figures = sent as Figure[];
    });
    child.once('error', (error) => resolve(done(error.message)));
    child.once('close', (code, signal) =>
      resolve(done(code === 0 ? null : `ended with ${signal ?? code}`, figures)),
    );
  });
}

await findChromium(console.log);
if (!process.env.KEYSTAGE_BUILD) await buildWhatChanged();
const outcomes: Outcome[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
  console.log(`\n═══ ${name}: ${benches[name as keyof typeof benches]}`);
  const outcome = await runOne(name);
  outcomes.push(outcome);
  console.log(
    `═══ ${name} ${outcome.failed ? `FAILED: ${outcome.failed}` : 'passed'} in ${outcome.seconds.toFixed(0)} s`,
  );
}

console.log(`\n${'═'.repeat(40)}\n`);
const figures = outcomes.flatMap(({ name, figures }) =>
  figures.map((figure) => ({ ...figure, name: `${name}: ${figure.name}` })),
);
if (figures.length > 0) console.log(`${tableOf(figures)}\n`);
for (const { name, failed, seconds } of outcomes)
  console.log(
    `${failed ? 'FAIL' : 'pass'}  ${name.padEnd(14)} ${seconds.toFixed(0).padStart(5)} s  ${failed ?? ''}`.trimEnd(),
  );
process.exit(outcomes.some(({ failed }) => failed) ? 1 : 0);
