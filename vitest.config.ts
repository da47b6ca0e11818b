import { defineConfig } from 'vitest/config';

const DEPLOYED = ['test/e2e/**/*.test.ts', 'test/wiring/**/*.test.ts'];
const GRANTS = ['test/grants/**/*.test.ts'];

const common = {
  // No test mocks a module or leaves anything behind in one: files share what they import, which halves the time of parts.
  isolate: false,
  unstubEnvs: true,
  // No test asserts a wall time: this only ends one that hangs, on a machine that may be busy.
  testTimeout: 90_000,
  hookTimeout: 90_000,
};

export default defineConfig({
  test: {
    // One more than the cores of the machine for which this was measured: some files wait for processes that they start.
    maxWorkers: 3,
    // `npm run coverage`: the domain is pure, so its own tests reach every branch of it.
    coverage: {
      provider: 'v8',
      include: ['src/rollback/**/*.ts'],
      exclude: ['test/**'],
      reporter: [['text', { skipFull: true }]],
      reportsDirectory: '.build/coverage',
      thresholds: { branches: 100, functions: 100 },
    },
    projects: [
      {
        test: {
          ...common,
          name: 'parts',
          include: ['test/**/*.test.ts', 'embedded-aws/test/**/*.test.ts'],
          exclude: [...DEPLOYED, ...GRANTS],
        },
      },
      // These look at, or run, what is deployed: the bundles and the packaged template are made once before them.
      {
        test: { ...common, name: 'deployed', include: DEPLOYED, globalSetup: ['test/setup/packaged.ts'] },
      },
      // What the scenarios of the others left is looked at when they are done.
      { test: { ...common, name: 'grants', include: GRANTS, sequence: { groupOrder: 1 } } },
    ],
  },
});
