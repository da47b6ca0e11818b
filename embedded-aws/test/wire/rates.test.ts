import { GetItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetAliasCommand,
  GetFunctionCommand,
  LambdaClient,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import type { Command } from '../../wire/direct.ts';
import { isRead, type AwsService } from '../../world/service.ts';
import { createWorld } from '../../world/world.ts';
import { running, type Running } from './fakes.ts';

let on: Running | undefined;
afterEach(async () => on?.wire.close());

const world = createWorld({ seed: 1, start: '2026-11-22T02:00:00.000Z' });

/** Returns how many of some calls, all at one instant, were let through. */
async function passed(send: () => Promise<unknown>, calls: number, refusal: string): Promise<number> {
  const names = await Promise.all(
    Array.from({ length: calls }, () => send().catch((error: unknown) => (error as Error).name)),
  );
  return names.filter((name) => name !== refusal).length;
}

describe('the rate of Lambda', () => {
  const open = async () => {
    on = await running([world.lambda]);
    return new LambdaClient(on.client());
  };

  it('is shared by all of its control plane', async () => {
    const lambda = await open();
    const named = { FunctionName: 'f', Name: 'live' };
    const refusal = 'TooManyRequestsException';
    expect(await passed(() => lambda.send(new GetAliasCommand(named)), 10, refusal)).toBe(10);
    expect(await passed(() => lambda.send(new UpdateAliasCommand(named)), 10, refusal)).toBe(5);
    await on!.clock.run(() => false, on!.clock.now() + 200);
    expect(await passed(() => lambda.send(new GetAliasCommand(named)), 10, refusal)).toBe(3);
  });

  it('is its own for GetFunction', async () => {
    const lambda = await open();
    const send = () => lambda.send(new GetFunctionCommand({ FunctionName: 'f' }));
    expect(await passed(send, 110, 'TooManyRequestsException')).toBe(100);
  });
});

// AWS publishes no figures for these.
it.each([
  [world.codedeploy, 'ThrottlingException'],
  [world.autoscaling, 'Throttling'],
  [world.tagging, 'ThrottledException'],
])('every operation of $signingName has a rate, and reads another than changes', ({ operations }, error) => {
  for (const [name, { bucket }] of Object.entries(operations)) {
    expect(bucket).toMatchObject({ error });
    const isOfReads = bucket!.name.endsWith(isRead(name) ? 'modify' : 'read');
    expect([name, isOfReads]).toEqual([name, false]);
  }
});

it.each([[world.ec2], [world.ecr], [world.cloudwatch]])(
  'every operation of $signingName has a rate',
  ({ operations }: AwsService) => {
    const without = Object.entries(operations).filter(([, { bucket }]) => bucket === undefined);
    expect(without.map(([name]) => name)).toEqual([]);
  },
);

it('each operation of EC2 has a bucket of its own', () => {
  const { DescribeImages, DescribeInstances, CreateLaunchTemplate } = world.ec2.operations;
  expect(DescribeImages?.bucket).toMatchObject({ name: 'ec2 DescribeImages', burst: 100, perSecond: 20 });
  expect(DescribeInstances?.bucket?.name).not.toBe(DescribeImages?.bucket?.name);
  expect(CreateLaunchTemplate?.bucket).toMatchObject({ burst: 50, perSecond: 5 });
});

describe('the rate of a table', () => {
  const tables = { run: () => ({}) };
  const Item = { target: { S: 'a' } };
  const put = (TableName: string) => new PutItemCommand({ TableName, Item });
  const get = new GetItemCommand({ TableName: 'claims', Key: Item });

  it.each(['over HTTP', 'in process'])(
    'limits its writes %s, and neither reads nor other tables',
    async (how) => {
      on = await running([], { dynamodb: tables });
      const { wire } = on;
      const client = new DynamoDBClient(on.client());
      const sender = { role: 'operator', region: 'eu-west-1' };
      const send = (command: object) =>
        how === 'in process' ? wire.direct.send(sender, command as Command) : client.send(command as never);
      wire.disturb.shrink('dynamodb', 'writes to claims', { burst: 2, perSecond: 1 });
      const refusal = 'ProvisionedThroughputExceededException';
      await send(put('claims'));
      await send(put('claims'));
      await expect(send(put('claims'))).rejects.toMatchObject({ name: refusal });
      await send(get);
      await send(put('ledger'));
      wire.disturb.drain('dynamodb', 'reads of claims');
      await expect(send(get)).rejects.toMatchObject({ name: refusal });
    },
  );
});
