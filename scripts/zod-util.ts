import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const SCHEMAS = /[/\\]zod[/\\]v4[/\\]mini[/\\]schemas\.js$/;

/**
 * Lets zod's schemas name their helpers directly. They import them twice, and `core.util` names one through a namespace
 * within a namespace, of which esbuild keeps every member: 9 KB for `z.catch`.
 */
export const directUtil: Plugin = {
  name: 'direct-util',
  setup(build) {
    build.onLoad({ filter: SCHEMAS }, async ({ path }) => ({
      contents: direct(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** Names helpers by the namespace that the module imports already. Leaves a module without it as it is. */
export function direct(source: string): string {
  return /^import \* as util from /m.test(source) ? source.replaceAll(/\bcore\.util\./g, 'util.') : source;
}
