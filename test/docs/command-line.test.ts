import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from '../../scripts/command-line/run-command.ts';
import { programOf } from '../../scripts/lastgood/program.ts';
import { VERBS } from '../../scripts/lastgood/verbs.ts';

const PAGES = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => path.join('docs', file));

const textOf = (page: string) => readFileSync(page, 'utf8');

/** Returns the words of each command line in the page's blocks, without quotes. */
const EXAMPLES = PAGES.flatMap((page) =>
  [...textOf(page).matchAll(/^ *npx --no-install lastgood (.+)$/gm)].map(([, line = '']) => line),
);

/** @returns null if an action ran, so that the command line is right */
async function problemOf(line: string): Promise<string | null> {
  const words = [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
  const said: string[] = [];
  const program = programOf(VERBS);
  for (const one of [program, ...program.commands])
    one.configureOutput({ writeErr: () => undefined, outputError: (text) => said.push(text) });
  return (await parse(program, words)) === null ? null : said.join('');
}

describe('the documentation of lastgood', () => {
  test.each(PAGES)('never lets npx run a package of another publisher: %s', (page) => {
    expect(textOf(page)).not.toMatch(/npx lastgood/);
  });

  test('has only valid examples', async () => {
    expect(EXAMPLES.length).toBeGreaterThan(6);
    for (const line of EXAMPLES) expect([line, await problemOf(line)]).toEqual([line, null]);
    expect(await problemOf('check ecs:prod/checkout')).toContain("missing required argument 'REVISION'");
  });

  test('lists all verbs', () => {
    const page = textOf('docs/command-line.md');
    for (const verb of Object.keys(VERBS)) expect(page).toMatch(new RegExp(`^\\| \`${verb}[ \`]`, 'm'));
  });
});
