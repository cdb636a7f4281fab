import { defineConfig } from 'vitest/config';
import { inMemory } from './tests/fixtures/inMemory.ts';

/** Seats and endpoint in a world of their own, whose globals these files replace (`supervision/around.ts`). */
const ownWorld = 'tests/unit/supervision/*.test.ts';

export default defineConfig({
  test: {
    environment: 'node',
    // Two cores: the endpoint's kill tests and property tests must not starve each other.
    maxWorkers: 2,
    testTimeout: 30_000,
    // Short-lived objects by the million: with Node's usual 16 MB for them a fifth of the time goes to collecting.
    execArgv: ['--max-semi-space-size=64'],
    env: { TMPDIR: inMemory() },
    projects: [
      { extends: true, test: { name: 'supervision', include: [ownWorld] } },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          exclude: [ownWorld],
          // What every file imports is read once in each of the two workers: two thirds of the time of all files.
          isolate: false,
        },
      },
    ],
  },
});
