import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { ECSClient, DescribeServicesCommand } from '@aws-sdk/client-ecs';
import {
  DescribeExecutionCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Greeting } from '../../local/serve/greeting.ts';

/* The command as a user starts it: another process, which nothing but its output and its ports are known of. */

class Command {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  stdout = '';
  stderr = '';

  constructor(...options: readonly string[]) {
    this.process = spawn(process.execPath, ['scripts/run.cjs', 'local/cli/serve.ts', ...options]);
    this.process.stdout?.on('data', (chunk) => (this.stdout += String(chunk)));
    this.process.stderr?.on('data', (chunk) => (this.stderr += String(chunk)));
    this.ended = once(this.process, 'close').then(([code]) => code as number | null);
  }

  /** Returns the first line. */
  async greeting(): Promise<Greeting> {
    while (!this.stdout.includes('\n')) {
      if (this.process.exitCode !== null) throw new Error(this.stderr);
      await setTimeout(20);
    }
    return JSON.parse(this.stdout.split('\n')[0] ?? '') as Greeting;
  }
}

let local: Command;
let greeting: Greeting;
let client: object;

beforeAll(async () => {
  local = new Command('--speed', '600');
  greeting = await local.greeting();
  const { endpoint, region, accessKeyId, secretAccessKey } = greeting;
  client = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
});
afterAll(() => local.process.kill('SIGKILL'));

test('prints JSON for programs on standard output, and export lines for people on standard error', async () => {
  expect(Object.keys(greeting)).toEqual([
    'endpoint',
    'region',
    'accessKeyId',
    'secretAccessKey',
    'now',
    'api',
  ]);
  while (!local.stderr.includes('Ctrl-C')) await setTimeout(20);
  expect(local.stderr).toContain(`export AWS_ENDPOINT_URL='${greeting.endpoint}'`);
  expect(local.stderr).toContain(`export AWS_ACCESS_KEY_ID='${greeting.accessKeyId}'`);
  expect(local.stdout.trim().split('\n')).toHaveLength(1);
});

test('ends with one line and status 2 where the port is in use, or there is no such port', async () => {
  const { port } = new URL(greeting.endpoint);
  const second = new Command('--port', port);
  expect([await second.ended, second.stdout, second.stderr]).toEqual([
    2,
    '',
    `error: port ${port} of 127.0.0.1 is in use\n`,
  ]);
  expect(await new Command('--port', '70000').ended).toBe(2);
});

test.each([
  '{"target":"ecs:prod/checkout"}',
  '{"request":{}}',
  '{"request":3,"plan":{"rungs":4}}',
  '3',
  'null',
  '[]',
])('survives executions that are started with %s: they end, and time goes on', async (input) => {
  const states = new SFNClient(client);
  const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
  expect(stateMachines).not.toEqual([]);
  for (const { stateMachineArn } of stateMachines) {
    const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn, input }));
    while ((await states.send(new DescribeExecutionCommand({ executionArn }))).status === 'RUNNING')
      await setTimeout(50);
  }
  const { services = [] } = await new ECSClient(client).send(
    new DescribeServicesCommand({ cluster: 'prod', services: ['checkout'] }),
  );
  expect(services[0]?.runningCount).toBe(4);
});

test('ends at once with status 0 on Ctrl-C', async () => {
  local.process.kill('SIGINT');
  expect(await local.ended).toBe(0);
  await expect(fetch(greeting.endpoint)).rejects.toThrow();
});
