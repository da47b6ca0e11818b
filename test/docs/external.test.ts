import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { matches } from '@lastgood/embedded-aws/runtime/events/pattern.ts';
import { exampleOf } from '../../local/scenarios/external/template.ts';
import { wanted } from '../../src/events/details/handovers.ts';
import { readRollbackAnswered } from '../../src/targets/rollback-answered.ts';

const FOLDER = new URL('../../docs/external/', import.meta.url);
const PAGES = readdirSync(FOLDER).filter((file) => file.endsWith('.md'));

/** Returns the blocks of a language in a page. */
function blocksIn(file: string, language: string): readonly string[] {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  const fenced = new RegExp('^```' + language + '\\n(.*?)^```', 'gms');
  return [...text.matchAll(fenced)].map(([, block = '']) => block);
}

describe.each(PAGES)('docs/external/%s', (page) => {
  it('has commands that bash can read', () => {
    for (const block of blocksIn(page, 'sh')) {
      const { stderr } = spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' });
      expect(stderr).toBe('');
    }
  });

  it('has JSON, YAML and JavaScript that can be read', () => {
    for (const block of blocksIn(page, 'json')) expect(() => JSON.parse(block) as unknown).not.toThrow();
    for (const block of blocksIn(page, 'yaml')) expect(() => parse(block) as unknown).not.toThrow();
    for (const block of blocksIn(page, 'js')) {
      const { stderr } = spawnSync(process.execPath, ['--check', '-'], { input: block, encoding: 'utf8' });
      expect(stderr).toBe('');
    }
  });

  it('gives only answers that Lastgood takes', () => {
    const answers = blocksIn(page, 'sh').flatMap((block) => [...block.matchAll(/answer '(\{.*?\})'/g)]);
    for (const [, answer = ''] of answers) {
      const detail = { rollback: 'a'.repeat(32), ...(JSON.parse(answer) as object) };
      const event = { source: 's', 'detail-type': 'Rollback Answered', time: '2026-11-22T03:00:00Z', detail };
      expect(readRollbackAnswered(event)).toMatchObject({ kind: 'rollback-answer' });
    }
  });
});

it('the index shows an event as Lastgood publishes it', () => {
  const event = blocksIn('README.md', 'json').find((block) => block.includes('"wantedAt"'));
  expect(wanted.safeParse(JSON.parse(event ?? '{}')).error).toBeUndefined();
});

it('the index names every page', () => {
  const index = readFileSync(new URL('README.md', FOLDER), 'utf8');
  for (const page of PAGES.filter((file) => file !== 'README.md')) expect(index).toContain(`](${page})`);
});

it('the rule for GitHub carries the event of its own target alone', () => {
  const { Resources } = exampleOf('github-actions.yml');
  const pattern = Resources['Wanted']?.Properties?.['EventPattern'] as object;
  const own = JSON.parse(
    JSON.stringify(pattern)
      .replace('{"Fn::Sub":"external:github/${Name}"}', '"external:github/checkout"')
      .replace('{"Ref":"AWS::AccountId"}', '"111122223333"'),
  ) as Readonly<Record<string, unknown>>;
  const event = { account: '111122223333', source: 'lastgood', 'detail-type': 'Rollback Wanted' };
  const of = (target: string) => matches(own, { ...event, detail: { target } });
  expect([of('external:github/checkout'), of('external:github/cart')]).toEqual([true, false]);
});
