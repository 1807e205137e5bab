// One run for all tests. Forked processes (two: the suites bring their own databases and servers), and time limits
// that a loaded two-core machine keeps.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    reporters: ['default', './test/support/tally-reporter.ts'],
  },
});
