import { expect, test } from 'vitest';
import { columnsOf, isColoured, painter, type Out } from '../../../scripts/terminal/paint.ts';

const write = () => true;
const terminal = { write, isTTY: true, columns: 100, getColorDepth: (env: object) => depthIn(env) } as Out;
const pipe: Out = { write };

/** As Node reads TERM: https://nodejs.org/api/tty.html#writestreamgetcolordepthenv */
function depthIn(env: { readonly TERM?: string }): number {
  return env.TERM === 'dumb' ? 1 : 8;
}

test.each([
  ['a terminal', terminal, {}, true],
  ['a pipe', pipe, {}, false],
  ['a terminal under NO_COLOR', terminal, { NO_COLOR: '1' }, false],
  ['a terminal under an empty NO_COLOR', terminal, { NO_COLOR: '' }, true],
  ['a dumb terminal', terminal, { TERM: 'dumb' }, false],
  ['a pipe under FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, true],
  ['a terminal under FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
  ['a pipe under both', pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
] as const)('%s is coloured as it must be', (_, out, env, isOn) => {
  expect(isColoured(out, env)).toBe(isOn);
});

test('a painter that is off changes nothing', () => {
  for (const tone of ['plain', 'good', 'bad', 'warn', 'dim', 'strong'] as const) {
    expect(painter(false)(tone, 'words')).toBe('words');
    expect(painter(true)(tone, 'words')).toContain('words');
  }
  expect(painter(true)('bad', 'words')).not.toBe('words');
});

test.each([
  [undefined, 80],
  [0, 80],
  [10, 40],
  [100, 100],
  [300, 120],
])('a terminal of %s columns has lines of %i', (columns, wide) => {
  expect(columnsOf({ write, ...(columns !== undefined && { columns }) })).toBe(wide);
});
