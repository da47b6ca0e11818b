import { afterEach, expect, test, vi } from 'vitest';
import { parse } from '../../../scripts/command-line/run-command.ts';
import { verifyCommand } from '../../../scripts/verify-on-aws/command.ts';
import { PARTS } from '../../../scripts/verify-on-aws/parts/all.ts';
import { templateOf } from '../../../scripts/verify-on-aws/template.ts';

const errors: string[] = [];

afterEach(() => {
  errors.length = 0;
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
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
  expect(errors.join('')).toMatch(/"ecs-canary" is no part: ecs-rolling, ecs-blue-green, elb-weights/);
});

test('without a terminal it does not begin unasked', async () => {
  expect(await run()).toBe(2);
  expect(errors).toEqual(['verify-on-aws: this is no terminal: give --yes']);
});

test('a part that is named twice is one part', () => {
  const command = verifyCommand(() => Promise.reject(new Error('not opened')));
  command.parseOptions(['--only', 'asg-fleet,ecs-rolling,asg-fleet']);
  const { only } = command.opts<{ readonly only: readonly { readonly name: string }[] }>();
  expect(only.map(({ name }) => name)).toEqual(['ecs-rolling', 'asg-fleet']);
});

test.each([
  [['--stage', 'a b'], /--stage "a b" must be letters and digits/],
  [['--region', 'us-east-9'], /the Region "us-east-9" is none that Lastgood can run in/],
])('%j is wrong use, in the words of a deployment', async (args, problem) => {
  expect(await run(...args)).toBe(2);
  expect(errors.join('')).toMatch(problem);
});

test('without credentials it cannot say, in the words of a deployment', async () => {
  vi.stubEnv('AWS_PROFILE', 'shop');
  vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  expect(await run('--yes')).toBe(4);
  expect(errors).toEqual([
    'verify-on-aws: the profile shop of AWS_PROFILE has no credentials, or is not in ~/.aws',
  ]);
});

test('what cannot be opened cannot say', async () => {
  expect(await run('--embedded')).toBe(4);
  expect(errors).toEqual(['verify-on-aws: Error: the embedded AWS is closed']);
});

test('the template of all parts is small enough to be sent, and has no part that another one overwrites', () => {
  const template = templateOf(PARTS.filter(({ ownStack }) => ownStack === undefined));
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
  expect(Buffer.byteLength(template)).toBeLessThan(51_200);
  const ids = PARTS.flatMap(({ resources }) => Object.keys(resources));
  expect(new Set(ids).size).toBe(ids.length);
  const keys = PARTS.flatMap(({ outputs }) => Object.keys(outputs));
  expect(new Set(keys).size).toBe(keys.length);
});
