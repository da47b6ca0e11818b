import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const PACKAGES = /[/\\]@aws-sdk[/\\]client-[^/\\]+[/\\]package\.json$/;

/**
 * Keeps the version of an AWS client's package.json, which the client sends with each call, and drops the other 2 KB.
 */
export const onlyVersions: Plugin = {
  name: 'only-versions',
  setup(build) {
    build.onLoad({ filter: PACKAGES }, async ({ path }) => ({
      contents: JSON.stringify(versionIn(JSON.parse(await readFile(path, 'utf8')) as { version?: string })),
      loader: 'json',
    }));
  },
};

function versionIn({ version }: { readonly version?: string }): { readonly version?: string } {
  return version === undefined ? {} : { version };
}
