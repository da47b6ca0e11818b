import { defineConfig } from 'vitest/config';

const DEPLOYED = ['test/e2e/**/*.test.ts', 'test/wiring/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'parts', include: ['test/**/*.test.ts'], exclude: DEPLOYED } },
      // These look at, or run, what is deployed: the bundles and the packaged template are made once before them.
      {
        test: {
          name: 'deployed',
          include: DEPLOYED,
          globalSetup: ['test/setup/packaged.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
