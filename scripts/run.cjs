'use strict';
// Starts a TypeScript entry point, or vitest, on the Node that the project is built for. CommonJS and plain syntax on
// purpose: an old Node must be able to read this file and report the wrong version.
const { spawnSync } = require('node:child_process');
const { enableCompileCache } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const NEEDED = 24;
const major = Number(process.versions.node.split('.')[0]);
if (major < NEEDED) {
  console.error(
    `Lastgood needs Node ${NEEDED} and this is Node ${process.versions.node}. ` +
      'The dev dependency node@24 brings it: run "npm ci" (with install scripts allowed), then use the npm scripts.',
  );
  process.exit(1);
}

const root = path.join(__dirname, '..');
const [entry, ...args] = process.argv.slice(2);
if (entry === '--vitest') {
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  process.exit(spawnSync(process.execPath, [vitest, ...args], { stdio: 'inherit', cwd: root }).status ?? 1);
}
// Halves the start, also of processes that this one forks: Node strips the types of a file once, until the file changes.
process.env.NODE_COMPILE_CACHE ??= path.join(root, '.build', 'caches', 'node');
enableCompileCache(process.env.NODE_COMPILE_CACHE);
process.argv.splice(1, 2, path.resolve(entry));
import(pathToFileURL(path.resolve(entry)).href).catch((error) => {
  // The caller mistyped an option if parseArgs of node:util refuses it:
  // https://nodejs.org/api/errors.html#err_parse_args_unknown_option
  const isMistyped = String(error && error.code).startsWith('ERR_PARSE_ARGS_');
  console.error(
    isMistyped ? `${path.parse(entry).name}: ${error.message}\n--help says what there is.` : error,
  );
  process.exitCode = isMistyped ? 2 : 1;
});
