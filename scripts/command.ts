import path from 'node:path';
import { build } from 'esbuild';
import { plainKeys } from './schemas.ts';

/** Where the command `lastgood` stands for npm to find it: the `bin` of package.json. */
export const COMMAND = 'dist/lastgood.mjs';

/**
 * Bundles the command into one file of JavaScript: installed into another project it stands below node_modules, where
 * Node strips no types (https://nodejs.org/api/typescript.html#type-stripping-in-dependencies). scripts/prepare.cjs runs
 * this, also where npm installs the package from a repository.
 */
export async function bundleCommand(root = process.cwd()): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['scripts/lastgood/main.ts'],
    outfile: path.join(root, COMMAND),
    bundle: true,
    format: 'esm',
    platform: 'node',
    // The oldest that the AWS SDK runs on: a pipeline has the Node that it has.
    target: 'node20',
    minify: true,
    logLevel: 'error',
    mainFields: ['module', 'main'],
    conditions: ['module', 'import'],
    plugins: [plainKeys],
    banner: {
      js: "#!/usr/bin/env node\nimport{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
  });
}
