import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { ask } from '../../../scripts/command-line/ask.ts';

/** Types keys at a terminal that asks. */
async function typed(keys: string): Promise<string> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const answer = ask('Go on? ', { input, output, terminal: true });
  input.write(keys);
  return answer;
}

test.each([
  ['prod\r', 'prod'],
  ['\r', ''],
  // Ctrl-C and Ctrl-D, also behind what was typed before.
  ['\u0003', ''],
  ['\u0004', ''],
  ['prod\u0003', ''],
])('the keys %j are the answer %j', async (keys, answer) => {
  expect(await typed(keys)).toBe(answer);
});

test('an input that ends is no answer', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end('prod');
  expect(await ask('Go on? ', { input, output })).toBe('');
});
