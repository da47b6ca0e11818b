import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const SCHEMAS = /[/\\]@aws-sdk[/\\]client-[^/\\]+[/\\]dist-es[/\\]schemas[/\\][^/\\]+\.js$/;

/**
 * The SDK writes its schemas with computed keys, `{ [_xN]: "tagSet" }`. esbuild cannot know that computing a key changes
 * nothing, and keeps every schema that has one: 550 KB for the two calls to EC2 that we make. With the key written out
 * only what is used stays.
 */
export const plainKeys: Plugin = {
  name: 'plain-keys',
  setup(build) {
    build.onLoad({ filter: SCHEMAS }, async ({ path }) => ({
      contents: writtenOut(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** Puts the text of each constant, `const _xN = "xmlName";`, where it is used as a key. */
export function writtenOut(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm)].map(([, name, text]) => [name, text]),
  );
  return source.replaceAll(/\[(_\w+)\]:/g, (whole, name: string) => {
    const text = constants.get(name);
    return text === undefined ? whole : `${text}:`;
  });
}
