import { describe, expect, it } from 'vitest';
import { LambdaWorld, BAD, GOOD } from './lambda-world.ts';

const checkout = { FunctionName: 'checkout' };

describe('Lambda versions', () => {
  it('are snapshots: what is written later does not change them', () => {
    const world = new LambdaWorld();
    const before = world.call('GetFunctionConfiguration', { ...checkout, Qualifier: '1' });
    expect(world.publish(BAD)).toBe('2');
    expect(world.call('GetFunctionConfiguration', { ...checkout, Qualifier: '1' })).toEqual(before);
    expect(world.call('GetFunctionConfiguration', { ...checkout, Qualifier: '2' }).CodeSha256).not.toBe(
      before.CodeSha256,
    );
  });

  it('are not published twice of the same code', () => {
    const world = new LambdaWorld();
    expect(world.call('PublishVersion', checkout).Version).toBe('1');
    const { Versions } = world.call('ListVersionsByFunction', checkout);
    expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '1']);
  });

  it('keep their settings, and a change of settings alone makes another one', () => {
    const world = new LambdaWorld();
    const Role = 'arn:aws:iam::111122223333:role/new';
    const Layers = ['arn:aws:lambda:eu-west-1:111122223333:layer:tools:2'];
    world.call('UpdateFunctionConfiguration', { ...checkout, Role, Layers, MemorySize: 256 });
    expect(world.call('PublishVersion', checkout)).toMatchObject({ Version: '2', Role, MemorySize: 256 });
    world.call('UpdateFunctionConfiguration', { ...checkout, MemorySize: 512 });
    const version = (Qualifier: string) => world.call('GetFunctionConfiguration', { ...checkout, Qualifier });
    expect(version('1')).not.toHaveProperty('Layers');
    expect(version('2')).toMatchObject({ Role, Layers: [{ Arn: Layers[0] }], MemorySize: 256 });
    expect(version('$LATEST')).toMatchObject({ Role, MemorySize: 512 });
    expect(world.refusal('UpdateFunctionConfiguration', { ...checkout, Runtime: 'python3.14' })).toBe(
      'InvalidParameterValueException',
    );
  });

  it('are not deleted while an alias names them, by weight too; and their numbers are never used again', () => {
    const world = new LambdaWorld();
    const version = world.publish(BAD);
    world.canary(version, 0.1);
    const second = { ...checkout, Qualifier: version };
    expect(world.refusal('DeleteFunction', { ...checkout, Qualifier: '1' })).toBe(
      'ResourceConflictException',
    );
    expect(world.refusal('DeleteFunction', second)).toBe('ResourceConflictException');
    world.update({ RoutingConfig: {} });
    expect(world.refusal('DeleteFunction', second)).toBeNull();
    expect(world.refusal('GetFunctionConfiguration', second)).toBe('ResourceNotFoundException');
    expect(world.publish(GOOD)).toBe('3');
  });
});

describe('a Lambda alias', () => {
  it('gets a new revision id with every change, and refuses a change that names an older one', () => {
    const world = new LambdaWorld();
    const { RevisionId } = world.live;
    const version = world.publish(BAD);
    const changed = world.update({ FunctionVersion: version, RevisionId });
    expect(changed.RevisionId).not.toBe(RevisionId);
    expect(world.refusal('UpdateAlias', { ...checkout, Name: 'live', RevisionId })).toBe(
      'PreconditionFailedException',
    );
    expect(world.live).toEqual(changed);
  });

  it('keeps its weights where an update names none, and loses them to an empty map', () => {
    const world = new LambdaWorld();
    const version = world.publish(BAD);
    world.canary(version, 0.25);
    world.update({ Description: 'the live one' });
    expect(world.live.RoutingConfig).toEqual({ AdditionalVersionWeights: { 2: 0.25 } });
    world.update({ FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: {} } });
    expect(world.live).not.toHaveProperty('RoutingConfig');
  });

  it.each([
    ['more than two versions', { 2: 0.1, 3: 0.1 }],
    ['$LATEST beside another', { $LATEST: 0.1 }],
    ['itself as the other', { 1: 0.1 }],
    ['a weight above 1', { 2: 1.5 }],
  ])('refuses %s', (_, AdditionalVersionWeights) => {
    const world = new LambdaWorld();
    world.publish(BAD);
    world.publish(GOOD);
    const change = { ...checkout, Name: 'live', RoutingConfig: { AdditionalVersionWeights } };
    expect(world.refusal('UpdateAlias', change)).toBe('InvalidParameterValueException');
  });

  it('refuses a version that is not there, and is itself not there under another name', () => {
    const world = new LambdaWorld();
    const missing = 'ResourceNotFoundException';
    expect(world.refusal('UpdateAlias', { ...checkout, Name: 'live', FunctionVersion: '9' })).toBe(missing);
    expect(world.refusal('GetAlias', { ...checkout, Name: 'beta' })).toBe(missing);
    expect(world.refusal('GetAlias', { FunctionName: 'cart', Name: 'live' })).toBe(missing);
  });

  it('is listed page by page', () => {
    const world = new LambdaWorld();
    world.call('CreateAlias', { ...checkout, Name: 'beta', FunctionVersion: '1' });
    const first = world.call('ListAliases', { ...checkout, MaxItems: 1 });
    const rest = world.call('ListAliases', { ...checkout, MaxItems: 1, Marker: first.NextMarker });
    expect([first, rest].map(({ Aliases }) => Aliases?.[0]?.Name)).toEqual(['live', 'beta']);
    expect(rest.NextMarker).toBeUndefined();
  });
});

describe('provisioned concurrency of an alias', () => {
  it('keeps the old version, by a weight that Lambda sets, until the new one is provisioned', async () => {
    const world = new LambdaWorld();
    world.provision();
    world.update({ FunctionVersion: world.publish(BAD), RoutingConfig: { AdditionalVersionWeights: {} } });
    const status = () =>
      world.call('GetProvisionedConcurrencyConfig', { ...checkout, Qualifier: 'live' }).Status;
    expect([status(), world.live.RoutingConfig]).toEqual([
      'IN_PROGRESS',
      { AdditionalVersionWeights: { 1: 1 } },
    ]);
    await world.pass(120);
    expect([status(), world.live.FunctionVersion, world.live.RoutingConfig]).toEqual([
      'READY',
      '2',
      undefined,
    ]);
  });

  it('returns at once to the kept version', async () => {
    const world = new LambdaWorld();
    world.provision();
    world.update({ FunctionVersion: world.publish(BAD) });
    world.update({ FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: {} } });
    expect(world.live).not.toHaveProperty('RoutingConfig');
    await world.pass(120);
    expect(world.live.FunctionVersion).toBe('1');
  });

  it('is refused beside weights, and does not exist before it is requested', () => {
    const world = new LambdaWorld();
    const live = { ...checkout, Qualifier: 'live' };
    expect(world.refusal('GetProvisionedConcurrencyConfig', live)).toBe(
      'ProvisionedConcurrencyConfigNotFoundException',
    );
    world.canary(world.publish(BAD), 0.1);
    const put = { ...live, ProvisionedConcurrentExecutions: 5 };
    expect(world.refusal('PutProvisionedConcurrencyConfig', put)).toBe('InvalidParameterValueException');
  });
});

describe('tags', () => {
  it('are those of the function: an alias has none', () => {
    const world = new LambdaWorld();
    world.call('TagResource', { Resource: world.arn, Tags: { team: 'shop' } });
    expect(world.call('ListTags', { Resource: world.arn }).Tags).toEqual({ lastgood: 'auto', team: 'shop' });
    world.call('UntagResource', { Resource: world.arn, TagKeys: ['lastgood'] });
    expect(world.call('GetFunction', checkout).Tags).toEqual({ team: 'shop' });
    expect(world.refusal('ListTags', { Resource: `${world.arn}:live` })).toBe(
      'InvalidParameterValueException',
    );
  });

  it('are checked by IAM, and a changed role is passed', () => {
    const { lambda } = new LambdaWorld();
    const asks = (input: object) =>
      lambda.operations['UpdateFunctionConfiguration']!.authorize(input as never).map(({ action }) => action);
    expect(asks(checkout)).toEqual(['lambda:UpdateFunctionConfiguration']);
    expect(asks({ ...checkout, Role: 'arn:aws:iam::111122223333:role/new' })).toEqual([
      'lambda:UpdateFunctionConfiguration',
      'iam:PassRole',
    ]);
  });

  it('are checked by IAM', () => {
    const world = new LambdaWorld();
    const access = world.lambda.operations['UpdateAlias']!.authorize({ ...checkout, Name: 'live' } as never);
    expect(access).toEqual([
      { action: 'lambda:UpdateAlias', resource: world.arn, tags: { lastgood: 'auto' } },
    ]);
  });
});

describe('the seam for CodeDeploy', () => {
  it('describes an alias, and shifts it', () => {
    const world = new LambdaWorld();
    const { lambda } = world;
    expect(lambda.get('checkout', 'live')).toEqual({ version: '1', weights: {} });
    expect(lambda.get('checkout', 'beta')).toBeNull();
    lambda.shift('checkout', 'live', '1', { [world.publish(BAD)]: 0.1 });
    expect(lambda.get('checkout', 'live')).toEqual({ version: '1', weights: { 2: 0.1 } });
  });
});
