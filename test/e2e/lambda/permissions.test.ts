import { LambdaClient, PublishVersionCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi } from '../../../local/scenarios/lambda/api.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';

describe('a stolen role', () => {
  const live = { FunctionName: 'checkout', Name: 'live', FunctionVersion: '1' };
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ seed: 1 });
    await openApi(stage, { proven: false });
  }, 60_000);
  afterAll(() => stage.close());

  const as = (functionName: string) => {
    const { role } = stage.runtime.stack.functions.find(
      ({ name }) => name === `lastgood-prod-${functionName}`,
    )!;
    return new LambdaClient({
      endpoint: stage.runtime.wire.endpoint,
      region: REGION,
      credentials: stage.runtime.wire.credentials(role),
      maxAttempts: 1,
    });
  };
  const denied = { name: 'AccessDeniedException' };

  it('of the mechanism points the alias of a tagged function at a version', async () => {
    await expect(as('mechanism-lambda').send(new UpdateAliasCommand(live))).resolves.toBeDefined();
  });

  it('of the mechanism publishes nothing', async () => {
    const publish = new PublishVersionCommand({ FunctionName: 'checkout' });
    await expect(as('mechanism-lambda').send(publish)).rejects.toMatchObject(denied);
  });

  it.each(['none', 'observe'])(
    'of the mechanism changes no alias of a function tagged %s',
    async (lastgood) => {
      const Resource = 'arn:aws:lambda:eu-west-1:111122223333:function:checkout';
      stage.call('lambda', 'TagResource', { Resource, Tags: { lastgood } });
      await expect(as('mechanism-lambda').send(new UpdateAliasCommand(live))).rejects.toMatchObject(denied);
      stage.call('lambda', 'TagResource', { Resource, Tags: { lastgood: 'auto' } });
    },
  );

  it.each(['on-alarm', 'guard', 'verify', 'evidence', 'report', 'sweep', 'mechanism-ecs'])(
    'of %s changes no alias',
    async (name) => {
      await expect(as(name).send(new UpdateAliasCommand(live))).rejects.toMatchObject(denied);
    },
  );
});
