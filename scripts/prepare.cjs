'use strict';
// Bundles the command `lastgood` when npm installs the project, also from a repository, and before npm packs it. Runs
// on any Node that npm supports: a pipeline that installs from a repository may have an older Node than the project.
const { mkdirSync, rmSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const root = path.join(__dirname, '..');

/** Returns null if the dev dependencies are left out (npm ci --omit=dev). */
function esbuild() {
  try {
    return require('esbuild');
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    return null;
  }
}

async function prepare() {
  const bundler = esbuild();
  if (bundler === null) {
    console.error('lastgood: the command is not bundled: the dev dependencies are left out.');
    process.exitCode = process.argv.includes('--must') ? 1 : 0;
    return;
  }
  const script = path.join(root, 'node_modules', `.lastgood-${process.pid}.mjs`);
  mkdirSync(path.dirname(script), { recursive: true });
  try {
    bundler.buildSync({
      entryPoints: [path.join(root, 'scripts/command.ts')],
      outfile: script,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    const { bundleCommand } = await import(pathToFileURL(script).href);
    await bundleCommand(root);
  } finally {
    rmSync(script, { force: true });
  }
}

prepare().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
