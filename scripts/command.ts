import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { plainKeys } from './schemas.ts';

/** Path of the bundled command: the `bin` of package.json. */
export const COMMAND = 'dist/lastgood.mjs';

/**
 * Bundles the command into one JavaScript file. npm installs it below node_modules, where Node strips no types
 * (https://nodejs.org/api/typescript.html#type-stripping-in-dependencies). scripts/prepare.cjs runs this, also when npm
 * installs the package from a repository.
 */
export async function bundleCommand(root = process.cwd()): Promise<void> {
  const outfile = path.join(root, COMMAND);
  await build({
    absWorkingDir: root,
    entryPoints: ['scripts/lastgood/main.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    // The oldest Node that the AWS SDK supports, because a pipeline may run an old one.
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
  // npx runs it in a clone, where npm links no command of the project itself.
  await chmod(outfile, 0o755);
}
