import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/unit/**/*.test.{ts,tsx}'],
    environment: 'node',
    // Two cores: the endpoint's kill tests and property tests must not starve each other.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
