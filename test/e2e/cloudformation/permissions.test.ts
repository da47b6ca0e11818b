import {
  CancelUpdateStackCommand,
  CloudFormationClient,
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  RollbackStackCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, slow, type Shop } from '../../../local/scenarios/cloudformation/shop.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';

describe('a stolen role', () => {
  const shop = { StackName: 'shop' };
  let stage: Stage;
  let stack: Shop;
  beforeAll(async () => {
    stage = await openStage({ seed: 1 });
    stack = await openShop(stage, { proven: false });
  }, 60_000);
  afterAll(() => stage.close());

  const as = (functionName: string) => {
    const { role } = stage.runtime.stack.functions.find(
      ({ name }) => name === `lastgood-prod-${functionName}`,
    )!;
    return new CloudFormationClient({
      endpoint: stage.runtime.wire.endpoint,
      region: REGION,
      credentials: stage.runtime.wire.credentials(role),
      maxAttempts: 1,
    });
  };
  const denied = { name: 'AccessDenied' };

  it('of the mechanism cancels the update of a tagged stack', async () => {
    stack.update({ more: [slow('Slow', 600)] });
    await expect(
      as('mechanism-cloudformation').send(new CancelUpdateStackCommand(shop)),
    ).resolves.toBeDefined();
  });

  it('of the mechanism creates no stack, and deletes none', async () => {
    const client = as('mechanism-cloudformation');
    await expect(client.send(new CreateStackCommand({ ...shop, TemplateBody: '{}' }))).rejects.toMatchObject(
      denied,
    );
    await expect(client.send(new DeleteStackCommand(shop))).rejects.toMatchObject(denied);
  });

  it.each(['none', 'observe'])('of the mechanism changes no stack tagged %s', async (lastgood) => {
    stage.world.cloudformation.tag('shop', { lastgood });
    const client = as('mechanism-cloudformation');
    await expect(client.send(new CancelUpdateStackCommand(shop))).rejects.toMatchObject(denied);
    await expect(client.send(new RollbackStackCommand(shop))).rejects.toMatchObject(denied);
    await expect(client.send(new ContinueUpdateRollbackCommand(shop))).rejects.toMatchObject(denied);
    stage.world.cloudformation.tag('shop', { lastgood: 'auto' });
  });

  it.each(['on-alarm', 'guard', 'verify', 'evidence', 'report', 'sweep', 'mechanism-ecs'])(
    'of %s cancels no update',
    async (name) => {
      await expect(as(name).send(new CancelUpdateStackCommand(shop))).rejects.toMatchObject(denied);
    },
  );
});
