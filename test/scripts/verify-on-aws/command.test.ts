import { afterEach, expect, test, vi } from 'vitest';
import { parse } from '../../../scripts/command-line/run-command.ts';
import { verifyCommand } from '../../../scripts/verify-on-aws/command.ts';
import { PARTS } from '../../../scripts/verify-on-aws/parts/all.ts';
import { templateOf } from '../../../scripts/verify-on-aws/template.ts';

const errors: string[] = [];

afterEach(() => {
  errors.length = 0;
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs the command line, with an embedded AWS that cannot be opened. Returns the exit status. */
async function run(...args: string[]): Promise<unknown> {
  vi.spyOn(console, 'error').mockImplementation((text: string) => void errors.push(text));
  const command = verifyCommand(() => Promise.reject(new Error('the embedded AWS is closed')));
  command.configureOutput({ writeErr: (text) => void errors.push(text) });
  return (await parse(command, args)) ?? process.exitCode;
}

test('an unknown part is wrong use, and the message names the parts', async () => {
  expect(await run('--only', 'ecs-rolling,ecs-canary')).toBe(2);
  expect(errors.join('')).toMatch(/ecs-canary is no part: ecs-rolling, ecs-blue-green, elb-weights/);
});

test('without a terminal it does not begin unasked', async () => {
  expect(await run()).toBe(2);
  expect(errors).toEqual(['verify-on-aws: this is no terminal: give --yes']);
});

test('a stage that could not be one is wrong use', async () => {
  expect(await run('--stage', 'a b')).toBe(2);
});

test('what cannot be opened cannot say', async () => {
  expect(await run('--embedded')).toBe(4);
  expect(errors).toEqual(['verify-on-aws: Error: the embedded AWS is closed']);
});

test('the template of all parts is small enough to be sent, and has no part that another one overwrites', () => {
  const template = templateOf(PARTS);
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
  expect(Buffer.byteLength(template)).toBeLessThan(51_200);
  const ids = PARTS.flatMap(({ resources }) => Object.keys(resources));
  expect(new Set(ids).size).toBe(ids.length);
  const keys = PARTS.flatMap(({ outputs }) => Object.keys(outputs));
  expect(new Set(keys).size).toBe(keys.length);
});
