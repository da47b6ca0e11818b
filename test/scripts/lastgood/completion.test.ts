import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { scriptFor, SHELLS, type Words } from '../../../scripts/lastgood/completion/scripts.ts';

const WORDS: Words = {
  list: { does: "Lists what is Lastgood's.", options: [{ long: '--json', does: 'JSON', takesValue: false }] },
  check: {
    does: 'Checks.',
    options: [
      { long: '--stage', does: 'prod: the [usual] one', takesValue: true },
      { long: '--json', does: 'JSON', takesValue: false },
    ],
  },
};

function bash(script: string, ...words: readonly string[]): readonly string[] {
  const typed = words.map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(lastgood ${typed}); COMP_CWORD=${words.length}; _lastgood; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', `${script}\n${ask}`], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe('in bash', () => {
  const script = scriptFor('bash', WORDS);
  test.each([
    [[''], ['list', 'check', '--help', '--version']],
    [['ch'], ['check']],
    [
      ['check', '--'],
      ['--stage', '--json'],
    ],
    [['check', 'ecs:prod/checkout', '--j'], ['--json']],
    [['list', '--s'], []],
    [['chek', '--'], []],
  ])('%j is completed to %j', (typed, words) => {
    expect(bash(script, ...typed)).toEqual(words);
  });
});

/** Skips a shell that is not installed. */
const isInstalled = (shell: string) => spawnSync(shell, ['--version']).status === 0;

describe.each(SHELLS)('the script for %s', (shell) => {
  const script = scriptFor(shell, WORDS);

  test.runIf(isInstalled(shell))('has no error of syntax', () => {
    expect(spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  test('names all verbs and options', () => {
    for (const word of ['list', 'check', 'json', 'stage'])
      expect(script).toMatch(new RegExp(`\\b${word}\\b`));
  });
});

test('a description cannot end its quotes', () => {
  expect(scriptFor('zsh', WORDS)).toContain(`'list:Lists what is Lastgood'\\''s.'`);
  expect(scriptFor('zsh', WORDS)).toContain(`'--stage[prod\\: the \\[usual\\] one]: :'`);
  expect(scriptFor('fish', WORDS)).toContain(`-a list -d 'Lists what is Lastgood'\\''s.'`);
  expect(scriptFor('fish', WORDS)).toContain(`-l stage -r -d 'prod: the [usual] one'`);
});
