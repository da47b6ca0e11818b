import { defineConfig } from 'vitest/config';

const DEPLOYED = ['test/e2e/**/*.test.ts', 'test/wiring/**/*.test.ts'];
const GRANTS = ['test/grants/**/*.test.ts'];

/** No test asserts a wall time: this only ends one that hangs, on a machine that may be busy. */
const PATIENCE_MS = 90_000;

export default defineConfig({
  test: {
    maxWorkers: 2,
    // No test mocks a module or leaves anything behind in one: files share what they import, which halves the time of parts.
    isolate: false,
    projects: [
      {
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [...DEPLOYED, ...GRANTS],
          testTimeout: PATIENCE_MS,
        },
      },
      // These look at, or run, what is deployed: the bundles and the packaged template are made once before them.
      {
        test: {
          name: 'deployed',
          include: DEPLOYED,
          globalSetup: ['test/setup/packaged.ts'],
          testTimeout: PATIENCE_MS,
        },
      },
      // What the scenarios of the others left is looked at when they are done.
      { test: { name: 'grants', include: GRANTS, sequence: { groupOrder: 1 } } },
    ],
  },
});
