import {
  APIGatewayClient,
  GetStageCommand,
  GetStagesCommand,
  GetTagsCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiGatewayWorld, GOOD } from '../world/apigateway-world.ts';
import { running, type Running } from './fakes.ts';

let on: Running | undefined;
afterEach(async () => on?.wire.close());

const STAGES = 'arn:aws:apigateway:eu-west-1::/restapis/*/stages/*';

const policies = [
  {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow' as const, Action: 'apigateway:GET', Resource: STAGES },
      {
        Effect: 'Allow' as const,
        Action: 'apigateway:PATCH',
        Resource: STAGES,
        Condition: { StringEquals: { 'aws:ResourceTag/lastgood': ['auto', 'approve'] } },
      },
    ],
  },
];

/** Returns a client of a role that may patch opted-in stages, and the stage that it calls. */
async function open(tags: Readonly<Record<string, string>>) {
  const world = new ApiGatewayWorld();
  world.call('UntagResource', { resourceArn: world.arn, tagKeys: ['lastgood'] });
  world.call('TagResource', { resourceArn: world.arn, tags });
  on = await running([world.apigateway], { roles: { mechanism: policies } });
  return {
    world,
    client: new APIGatewayClient(on.client('mechanism')),
    operator: new APIGatewayClient(on.client()),
  };
}

const named = (world: ApiGatewayWorld) => ({ restApiId: world.api, stageName: 'prod' });
const removal = [{ op: 'remove' as const, path: '/canarySettings' }];

describe('a role that may patch opted-in stages', () => {
  it('patches one, and reads it as the SDK does', async () => {
    const { world, client } = await open({ lastgood: 'auto' });
    const deploymentId = world.canary(GOOD, 12.5, { backend: 'v2' });
    const { canarySettings } = await client.send(new GetStageCommand(named(world)));
    expect(canarySettings).toMatchObject({ deploymentId, percentTraffic: 12.5 });
    const after = await client.send(new UpdateStageCommand({ ...named(world), patchOperations: removal }));
    expect(after).toMatchObject({ deploymentId: world.first, createdDate: expect.any(Date) as Date });
    expect(after.canarySettings).toBeUndefined();
  });

  it.each([{ lastgood: 'observe' }, { team: 'shop' }])('patches none with the tags %j', async (tags) => {
    const { world, client } = await open(tags);
    world.canary(GOOD, 10);
    const sent = client.send(new UpdateStageCommand({ ...named(world), patchOperations: removal }));
    await expect(sent).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(world.prod).toHaveProperty('canarySettings');
  });

  it('does not list stages', async () => {
    const { world, client } = await open({ lastgood: 'auto' });
    const sent = client.send(new GetStagesCommand({ restApiId: world.api }));
    await expect(sent).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

it('the errors of the service have its names', async () => {
  const { world, operator } = await open({});
  const stage = { restApiId: 'http123456', stageName: 'prod' };
  await expect(operator.send(new GetStageCommand(stage))).rejects.toMatchObject({
    ...{ name: 'NotFoundException', $metadata: { httpStatusCode: 404 } },
  });
  const patch = new UpdateStageCommand({ ...named(world), patchOperations: removal });
  await expect(operator.send(patch)).rejects.toMatchObject({ name: 'BadRequestException' });
});

it('the tags of a stage are read by its ARN', async () => {
  const { world, operator } = await open({ lastgood: 'auto', team: 'shop' });
  const { tags } = await operator.send(new GetTagsCommand({ resourceArn: world.arn }));
  expect(tags).toEqual({ lastgood: 'auto', team: 'shop' });
});
