import {
  DescribeServicesCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../local/scenarios/ecs/shop.ts';
import { openStage, type Stage } from '../../local/scenarios/stage.ts';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';

describe('a stolen role', () => {
  let stage: Stage;
  let shop: Shop;
  beforeAll(async () => {
    stage = await openStage({ seed: 1 });
    shop = await openShop(stage, { proven: false });
  });
  afterAll(() => stage.close());

  const as = (functionName: string) => {
    const role = stage.runtime.stack.functions.find(
      ({ name }) => name === `lastgood-prod-${functionName}`,
    )!.role;
    return {
      endpoint: stage.runtime.wire.endpoint,
      region: REGION,
      credentials: stage.runtime.wire.credentials(role),
      maxAttempts: 1,
    };
  };
  const checkout = { cluster: 'prod', service: 'checkout' };

  it('of the mechanism brings a revision of a tagged service back', async () => {
    const ecs = new ECSClient(as('mechanism-ecs'));
    await expect(
      ecs.send(new UpdateServiceCommand({ ...checkout, taskDefinition: shop.releases['v1']! })),
    ).resolves.toBeDefined();
  });

  it('of the mechanism introduces no new revision', async () => {
    const ecs = new ECSClient(as('mechanism-ecs'));
    const evil = { family: 'checkout', containerDefinitions: [{ name: 'evil', image: 'evil' }] };
    await expect(ecs.send(new RegisterTaskDefinitionCommand(evil))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('of the mechanism changes only tagged resources', async () => {
    stage.call('ecs', 'UntagResource', { resourceArn: shop.arn, tagKeys: ['lastgood'] });
    const ecs = new ECSClient(as('mechanism-ecs'));
    await expect(
      ecs.send(new UpdateServiceCommand({ ...checkout, taskDefinition: shop.releases['v1']! })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it.each([
    'on-alarm',
    'on-deployment',
    'on-hint',
    'on-request',
    'guard',
    'verify',
    'evidence',
    'report',
    'sweep',
  ])('of %s updates no service', async (name) => {
    const ecs = new ECSClient(as(name));
    await expect(ecs.send(new UpdateServiceCommand(checkout))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it.each(['guard', 'verify', 'evidence', 'report', 'mechanism-ecs'])(
    'of %s starts no rollback',
    async (name) => {
      const sfn = new SFNClient(as(name));
      const stateMachineArn = stage.runtime.stack.stateMachines[0]!.arn;
      await expect(
        sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{}' })),
      ).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
    },
  );

  it('of a trigger reads no service', async () => {
    const ecs = new ECSClient(as('on-alarm'));
    await expect(
      ecs.send(new DescribeServicesCommand({ cluster: 'prod', services: ['checkout'] })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});
