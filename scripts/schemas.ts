import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const SCHEMAS = /[/\\]@aws-sdk[/\\]client-[^/\\]+[/\\]dist-es[/\\]schemas[/\\][^/\\]+\.js$/;

/**
 * Replaces the computed keys of the SDK's schemas, `{ [_xN]: "tagSet" }`, by literals. esbuild cannot know that
 * computing a key has no effect, and keeps every schema with one: 550 KB for the two EC2 calls that Lastgood makes.
 * With literal keys only the schemas in use stay.
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

/** Inlines the text of each constant, `const _xN = "xmlName";`, where it is used as a key. */
export function writtenOut(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm)].map(([, name, text]) => [name, text]),
  );
  return source.replaceAll(/\[(_\w+)\]:/g, (whole, name: string) => {
    const text = constants.get(name);
    return text === undefined ? whole : `${text}:`;
  });
}
