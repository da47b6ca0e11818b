import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAliases } from '../../../../functions/mechanisms/lambda/aliases.ts';
import { createLambda } from '../../../../functions/mechanisms/lambda/sdk.ts';
import { startWire, type Wire } from '@lastgood/embedded-aws/wire/wire.ts';
import { BAD, LambdaWorld } from '@lastgood/embedded-aws/test/world/lambda-world.ts';

const live = { functionName: 'checkout', alias: 'live' };

describe("Lambda's API, spoken over the wire", () => {
  const world = new LambdaWorld();
  let wire: Wire;
  let client: LambdaClient;

  beforeAll(async () => {
    world.publish(BAD);
    wire = await startWire({
      services: [world.lambda],
      policies: () => [],
      clock: world.clock,
      random: world.surroundings.random('wire'),
    });
    const options = {
      endpoint: wire.endpoint,
      region: 'eu-west-1',
      credentials: wire.credentials('operator'),
      maxAttempts: 1,
    };
    client = new LambdaClient(options);
  });
  afterAll(() => wire.close());

  it('reads where an alias points, and its version', async () => {
    const lambda = createLambda(client);
    world.canary('2', 0.25);
    const alias = (await lambda.alias(live))!;
    expect(alias).toMatchObject({ functionArn: world.arn, version: '1', weights: { 2: 0.25 } });
    expect(await lambda.tags(alias.functionArn)).toEqual({ lastgood: 'auto' });
    expect(await lambda.version('checkout', '2')).toMatchObject({
      name: '2',
      state: 'Active',
      modifiedAt: world.clock.iso(),
    });
  });

  it('returns null if there is none', async () => {
    const lambda = createLambda(client);
    expect(await lambda.alias({ ...live, alias: 'beta' })).toBeNull();
    expect(await lambda.version('checkout', '9')).toBeNull();
    expect(await lambda.provisioned(live)).toBeNull();
  });

  it('points an alias at a version, under the lock', async () => {
    const lambda = createLambda(client);
    const { revisionId } = (await lambda.alias(live))!;
    expect(await lambda.pointAt(live, '2', revisionId)).toMatchObject({ version: '2', weights: {} });
    await expect(lambda.pointAt(live, '1', revisionId)).rejects.toMatchObject({
      name: 'PreconditionFailedException',
    });
  });

  it('lists all the aliases of a function', async () => {
    for (let n = 0; n < 60; n++)
      world.call('CreateAlias', { FunctionName: 'checkout', Name: `a${n}`, FunctionVersion: '1' });
    const { all, calls } = await listAliases(client, 'checkout');
    expect([all.length, calls]).toEqual([61, 2]);
    expect(await listAliases(client, 'deleted')).toEqual({ all: [], calls: 1 });
  });
});
