import { defineConfig } from 'vitest/config';

const DEPLOYED = ['test/e2e/**/*.test.ts', 'test/wiring/**/*.test.ts'];
const GRANTS = ['test/grants/**/*.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    // No test mocks a module or leaves anything behind in one: files share what they import, which halves the time of parts.
    isolate: false,
    projects: [
      { test: { name: 'parts', include: ['test/**/*.test.ts'], exclude: [...DEPLOYED, ...GRANTS] } },
      // These look at, or run, what is deployed: the bundles and the packaged template are made once before them.
      {
        test: {
          name: 'deployed',
          include: DEPLOYED,
          globalSetup: ['test/setup/packaged.ts'],
          testTimeout: 60_000,
        },
      },
      // What the scenarios of the others left is looked at when they are done.
      { test: { name: 'grants', include: GRANTS, sequence: { groupOrder: 1 } } },
    ],
  },
});
