import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { inMemory } from './tests/fixtures/inMemory.ts';

// Every test starts an endpoint, and many the command line: what Node has compiled once is compiled for all.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'keystage-compiled');
process.env.TMPDIR = inMemory();

/**
 * End-to-end tests in Debian's Chromium, two files at a time. `forced` writes Chromium's policy, which counts for every
 * browser of the machine: it runs by itself (`npm test` begins it after the others), one file after the other.
 */
export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  globalSetup: './tests/fixtures/globalSetup.ts',
  workers: 2,
  // A busy machine of two cores now and then gives a browser too little: what passes at the second try is named flaky.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  timeout: 120_000,
  // Against a run that hangs; on a quiet machine of two cores the longest takes about nine minutes.
  globalTimeout: 30 * 60_000,
  projects: [
    { name: 'engine', testMatch: 'engine/*.spec.ts' },
    { name: 'unpacked', testMatch: 'e2e/**/*.unpacked.spec.ts' },
    { name: 'forced', testMatch: 'e2e/**/*.forced.spec.ts', workers: 1 },
  ],
});
