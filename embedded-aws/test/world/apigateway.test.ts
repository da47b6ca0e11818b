import { describe, expect, it } from 'vitest';
import { ApiGatewayWorld, BAD, GOOD } from './apigateway-world.ts';

const replace = (path: string, value: string) => ({ op: 'replace' as const, path, value });
const remove = (path: string) => ({ op: 'remove' as const, path });

describe('a stage', () => {
  it('answers with its deployment, variables and tags, and without what is empty', () => {
    const world = new ApiGatewayWorld();
    const stage = world.prod;
    expect(stage).toMatchObject({
      ...{ stageName: 'prod', deploymentId: world.first, variables: { backend: 'v1' } },
      tags: { lastgood: 'auto' },
    });
    expect(stage).not.toHaveProperty('canarySettings');
    expect(stage).not.toHaveProperty('description');
  });

  it('moves to the new deployment when one is created for it', () => {
    const world = new ApiGatewayWorld();
    const second = world.release(BAD);
    expect(world.prod).toMatchObject({ deploymentId: second, variables: { backend: 'v1' } });
  });

  it('is created by a deployment that names a new one', () => {
    const world = new ApiGatewayWorld();
    const id = world.deploy(GOOD, { stageName: 'beta', variables: { backend: 'v2' } });
    const { item = [] } = world.call('GetStages', { restApiId: world.api });
    expect(item.map(({ stageName }) => stageName)).toEqual(['prod', 'beta']);
    expect(item[1]).toMatchObject({ deploymentId: id, variables: { backend: 'v2' } });
  });

  it('has tags of its own, which the Tagging API lists', () => {
    const world = new ApiGatewayWorld();
    world.call('TagResource', { resourceArn: world.arn, tags: { team: 'shop' } });
    world.call('UntagResource', { resourceArn: world.arn, tagKeys: ['lastgood'] });
    expect(world.call('GetTags', { resourceArn: world.arn })).toEqual({ tags: { team: 'shop' } });
    world.apigateway.addHttpStage({ apiId: 'http123456', stage: 'prod', tags: { lastgood: 'auto' } });
    expect(world.apigateway.tagged()).toEqual([
      { arn: `arn:aws:apigateway:eu-west-1::/restapis/${world.api}`, tags: {} },
      { arn: world.arn, tags: { team: 'shop' } },
      { arn: 'arn:aws:apigateway:eu-west-1::/apis/http123456/stages/prod', tags: { lastgood: 'auto' } },
    ]);
  });
});

describe('a canary', () => {
  it('is put on a stage by a deployment, with its overrides', () => {
    const world = new ApiGatewayWorld();
    const id = world.canary(BAD, 10, { backend: 'v2' });
    expect(world.prod).toMatchObject({
      deploymentId: world.first,
      canarySettings: {
        ...{ deploymentId: id, percentTraffic: 10, useStageCache: false },
        stageVariableOverrides: { backend: 'v2' },
      },
    });
  });

  it('is put on the deployment of the stage when only its traffic is set', () => {
    const world = new ApiGatewayWorld();
    world.patch(replace('/canarySettings/percentTraffic', '50'));
    expect(world.prod.canarySettings).toEqual({
      ...{ deploymentId: world.first, percentTraffic: 50, useStageCache: false },
    });
  });

  it('stays on the stage when it is promoted', () => {
    const world = new ApiGatewayWorld();
    const id = world.canary(BAD, 10, { backend: 'v2' });
    world.patch(
      replace('/canarySettings/percentTraffic', '0.0'),
      { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
      { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
    );
    expect(world.prod).toMatchObject({
      ...{ deploymentId: id, variables: { backend: 'v2' } },
      canarySettings: { deploymentId: id, percentTraffic: 0 },
    });
  });

  it('is gone once it is removed', () => {
    const world = new ApiGatewayWorld();
    world.canary(BAD, 10);
    expect(world.patch(remove('/canarySettings'))).not.toHaveProperty('canarySettings');
  });

  it('lets no other release onto its stage', () => {
    const world = new ApiGatewayWorld();
    world.canary(BAD, 10);
    const input = { restApiId: world.api, stageName: 'prod' };
    expect(world.refusal('CreateDeployment', input)).toBe('BadRequestException');
    world.patch(remove('/canarySettings'));
    expect(world.refusal('CreateDeployment', input)).toBeNull();
  });
});

describe('a patch', () => {
  it('applies its operations in order', () => {
    const world = new ApiGatewayWorld();
    const second = world.canary(BAD, 10);
    const stage = world.patch(
      remove('/canarySettings'),
      replace('/deploymentId', second),
      replace('/variables/backend', 'v2'),
      { op: 'add', path: '/variables/region', value: 'eu' },
      remove('/variables/region'),
    );
    expect(stage).toMatchObject({ deploymentId: second, variables: { backend: 'v2' } });
  });

  it('changes nothing if one of its operations is refused', () => {
    const world = new ApiGatewayWorld();
    world.canary(BAD, 10);
    const before = world.prod;
    expect(world.refusedPatch(remove('/canarySettings'), replace('/deploymentId', 'nothere'))).toBe(
      'BadRequestException',
    );
    expect(world.prod).toEqual(before);
  });

  it.each([
    ['a canary that is not there', remove('/canarySettings')],
    ['all overrides at once', remove('/canarySettings/stageVariableOverrides')],
    ['a variable that is not there', remove('/variables/nothere')],
    ['an unknown part of the canary', replace('/canarySettings/badPath', 'x')],
    ['the canary as a whole', replace('/canarySettings', 'x')],
    ['a canary by add', { op: 'add' as const, path: '/canarySettings/percentTraffic', value: '5' }],
    ['a percentage above 100', replace('/canarySettings/percentTraffic', '101')],
    ['an unknown deployment', replace('/deploymentId', 'nothere')],
    ['an unknown deployment of the canary', replace('/canarySettings/deploymentId', 'nothere')],
    ['the deployment by remove', remove('/deploymentId')],
    ['a value with a space', replace('/variables/backend', 'two words')],
    ['no value', { op: 'replace' as const, path: '/variables/backend' }],
    ['a setting that is not modelled', replace('/tracingEnabled', 'true')],
    [
      'a promotion without a canary',
      { op: 'copy' as const, from: '/canarySettings/deploymentId', path: '/deploymentId' },
    ],
    [
      'a copy to the canary',
      { op: 'copy' as const, from: '/deploymentId', path: '/canarySettings/deploymentId' },
    ],
  ])('refuses %s', (_, operation) => {
    expect(new ApiGatewayWorld().refusedPatch(operation)).toBe('BadRequestException');
  });
});

describe('deployments', () => {
  it('are listed in no order of time, page by page', () => {
    const world = new ApiGatewayWorld();
    const all = [world.first, ...Array.from({ length: 4 }, () => world.deploy(GOOD))];
    const first = world.call('GetDeployments', { restApiId: world.api, limit: 3 });
    const rest = world.call('GetDeployments', { restApiId: world.api, limit: 3, position: first.position });
    expect([first.items, rest.items].map((items) => items?.length)).toEqual([3, 2]);
    const ids = [...first.items!, ...rest.items!].map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set(all));
    expect(ids).not.toEqual(all);
    expect(rest).not.toHaveProperty('position');
  });

  it('cannot be deleted while a stage or a canary names them', () => {
    const world = new ApiGatewayWorld();
    const restApiId = world.api;
    const second = world.canary(BAD, 10);
    for (const deploymentId of [world.first, second])
      expect(world.refusal('DeleteDeployment', { restApiId, deploymentId })).toBe('BadRequestException');
    world.patch(remove('/canarySettings'));
    expect(world.refusal('DeleteDeployment', { restApiId, deploymentId: second })).toBeNull();
    expect(world.refusal('GetDeployment', { restApiId, deploymentId: second })).toBe('NotFoundException');
  });

  it.each([{}, { stageName: 'nothere' }])('put no canary without a stage: %o', (input) => {
    const world = new ApiGatewayWorld();
    const canarySettings = { percentTraffic: 10 };
    expect(world.refusal('CreateDeployment', { restApiId: world.api, ...input, canarySettings })).toBe(
      'BadRequestException',
    );
    expect(world.call('GetDeployments', { restApiId: world.api }).items).toHaveLength(1);
  });
});

describe('an API', () => {
  it('may share its name with another', () => {
    const world = new ApiGatewayWorld();
    const other = world.call('CreateRestApi', { name: 'checkout' }).id;
    const { items = [] } = world.call('GetRestApis', {});
    expect(items.map(({ id, name }) => [id, name])).toEqual([
      [world.api, 'checkout'],
      [other, 'checkout'],
    ]);
  });

  it('is unknown by the id of an HTTP API', () => {
    const world = new ApiGatewayWorld();
    world.apigateway.addHttpStage({ apiId: 'http123456', stage: 'prod', tags: {} });
    expect(world.refusal('GetStage', { restApiId: 'http123456', stageName: 'prod' })).toBe(
      'NotFoundException',
    );
  });

  it('has one bucket for all management calls, and a slower one to create deployments', () => {
    const { operations } = new ApiGatewayWorld().apigateway;
    const bucketOf = (name: string) => operations[name]?.bucket;
    expect(bucketOf('GetStage')).toEqual(bucketOf('UpdateStage'));
    expect(bucketOf('GetStage')).toMatchObject({
      perSecond: 10,
      burst: 40,
      error: 'TooManyRequestsException',
    });
    expect(bucketOf('CreateDeployment')).toMatchObject({ perSecond: 0.2 });
  });
});
