import { defineConfig } from '@playwright/test';

/** `playwright test -c tests/gallery`: every state of every component, for eyes, keyboard and screen reader. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/gallery',
  workers: 1,
  retries: 0,
  reporter: 'list',
  timeout: 180_000,
});
