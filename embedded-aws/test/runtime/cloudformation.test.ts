import { describe, expect, it } from 'vitest';
import type { AwsError } from '../../world/service.ts';
import { CloudFormationWorld } from './cloudformation-world.ts';

const FUNCTION = {
  Type: 'AWS::Lambda::Function',
  Properties: { Role: 'arn:aws:iam::111122223333:role/any', Code: { ZipFile: '' } },
};

/** A function with a version and an alias, which depend on each other in this order. */
const ALIAS = {
  Alias: {
    Type: 'AWS::Lambda::Alias',
    Properties: {
      FunctionName: { Ref: 'Function' },
      FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
      Name: 'live',
    },
  },
  Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } },
  Function: FUNCTION,
};

/** An alarm whose dimension is a function's name. */
const alarmOn = (more: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Function' } }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    ...more,
  },
});

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    const { code, message } = error as AwsError;
    return `${code}: ${message}`;
  }
  return 'nothing was thrown';
}

describe('CreateStack', () => {
  it('creates resources in the order of their references, and answers with outputs', async () => {
    const cloud = new CloudFormationWorld();
    const body = { Resources: ALIAS, Outputs: { Name: { Value: { 'Fn::Sub': '${Function}:live' } } } };
    cloud.call('CreateStack', { StackName: 'shop', TemplateBody: JSON.stringify(body) });
    expect(cloud.stack().StackStatus).toBe('CREATE_IN_PROGRESS');

    const stack = await cloud.rest();
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    const completed = cloud.events().filter((event) => event.endsWith('CREATE_COMPLETE'));
    expect(completed).toEqual(['Function', 'Version', 'Alias', 'shop'].map((id) => `${id} CREATE_COMPLETE`));
    const [output] = stack.Outputs ?? [];
    expect(output?.OutputValue).toMatch(/^shop-Function-[0-9a-f]{12}:live$/);
    const name = output?.OutputValue?.split(':')[0] ?? '';
    expect(cloud.world.lambda.get(name, 'live')).toEqual({ version: '1', weights: {} });
  });

  it("gives resources the stack's tags and CloudFormation's own", async () => {
    const cloud = new CloudFormationWorld();
    cloud.create({ Function: FUNCTION }, { Tags: [{ Key: 'throw-away', Value: 'yes' }] });
    await cloud.rest();
    expect(cloud.world.lambda.tagged()[0]?.tags).toMatchObject({
      'throw-away': 'yes',
      'aws:cloudformation:stack-name': 'shop',
      'aws:cloudformation:logical-id': 'Function',
    });
  });

  it('creates a REST API with a mock, its deployment and its stage', async () => {
    const cloud = new CloudFormationWorld();
    const api = { RestApiId: { Ref: 'Api' } };
    const of = (type: string, Properties: object, more: object = {}) => ({
      Type: `AWS::ApiGateway::${type}`,
      Properties,
      ...more,
    });
    const Integration = {
      Type: 'MOCK',
      RequestTemplates: { 'application/json': '{"statusCode": 200}' },
      IntegrationResponses: [{ StatusCode: '200' }],
    };
    cloud.create({
      Api: of('RestApi', { Name: 'web', EndpointConfiguration: { Types: ['REGIONAL'] } }),
      Method: of('Method', {
        ...{ ...api, ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, HttpMethod: 'GET' },
        ...{ AuthorizationType: 'NONE', Integration, MethodResponses: [{ StatusCode: '200' }] },
      }),
      Deployment: of('Deployment', api, { DependsOn: 'Method' }),
      Stage: of('Stage', {
        ...{ ...api, DeploymentId: { Ref: 'Deployment' }, StageName: 'live' },
        ...{ Variables: { Release: 'good' }, Tags: [{ Key: 'lastgood', Value: 'auto' }] },
      }),
    });
    expect((await cloud.rest()).StackStatus).toBe('CREATE_COMPLETE');
    const { apigateway } = cloud.world;
    expect(apigateway.tagged().map(({ tags }) => tags)).toContainEqual(
      expect.objectContaining({ lastgood: 'auto', 'aws:cloudformation:logical-id': 'Stage' }),
    );
    cloud.call('DeleteStack', { StackName: 'shop' });
    await cloud.world.clock.run(() => apigateway.tagged().length === 0, cloud.world.clock.now() + 600_000);
    expect(apigateway.tagged()).toEqual([]);
  });

  it('removes what it made when a resource cannot be created', async () => {
    const cloud = new CloudFormationWorld();
    cloud.create({ Function: FUNCTION, Alarm: alarmOn({ ComparisonOperator: 'Sideways' }) });
    const stack = await cloud.rest();
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(cloud.events()).toEqual([
      'shop CREATE_IN_PROGRESS',
      'Function CREATE_IN_PROGRESS',
      'Function CREATE_IN_PROGRESS',
      'Function CREATE_COMPLETE',
      'Alarm CREATE_IN_PROGRESS',
      'Alarm CREATE_FAILED',
      'shop ROLLBACK_IN_PROGRESS',
      'Function DELETE_IN_PROGRESS',
      'Function DELETE_COMPLETE',
      'shop ROLLBACK_COMPLETE',
    ]);
    expect(cloud.world.lambda.tagged()).toEqual([]);
  });

  it('makes its calls with the permissions of the caller', async () => {
    const mayNotPublish = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['lambda:CreateFunction', 'lambda:DeleteFunction', 'lambda:GetFunction'],
          Resource: '*',
        },
      ],
    } as const;
    const cloud = new CloudFormationWorld(mayNotPublish);
    cloud.create(ALIAS, { role: 'maker' });
    expect((await cloud.rest()).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(cloud.reasons()).toEqual([expect.stringContaining('lambda:PublishVersion')]);
    expect(cloud.world.lambda.tagged()).toEqual([]);
  });

  it('resolves a parameter from Parameter Store, and a list', async () => {
    const cloud = new CloudFormationWorld();
    cloud.world.ssm.operations.PutParameter.run({ Name: '/ami', Value: 'ami-1', Type: 'String' });
    const body = {
      Parameters: {
        Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: '/ami' },
        Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' },
      },
      Resources: { Function: FUNCTION },
      Outputs: {
        Image: { Value: { Ref: 'Image' } },
        Second: { Value: { 'Fn::Select': [1, { Ref: 'Subnets' }] } },
      },
    };
    const Parameters = [{ ParameterKey: 'Subnets', ParameterValue: 'subnet-a,subnet-b' }];
    cloud.call('CreateStack', { StackName: 'shop', TemplateBody: JSON.stringify(body), Parameters });
    const values = (await cloud.rest()).Outputs?.map(({ OutputValue }) => OutputValue);
    expect(values).toEqual(['ami-1', 'subnet-b']);
  });

  const refused: readonly (readonly [what: string, input: object, says: RegExp])[] = [
    [
      'an unknown type',
      { Resources: { A: { Type: 'AWS::Any::Thing' } } },
      /Unrecognized resource types: \[AWS::Any::Thing\]/,
    ],
    [
      'a section that is not modelled',
      { Resources: { A: FUNCTION }, Conditions: {} },
      /Conditions is not modelled/,
    ],
    [
      'an attribute that is not modelled',
      { Resources: { A: { ...FUNCTION, DeletionPolicy: 'Retain' } } },
      /DeletionPolicy of A/,
    ],
    [
      'a dependency that does not exist',
      { Resources: { A: { ...FUNCTION, DependsOn: 'B' } } },
      /Unresolved resource dependencies \[B\]/,
    ],
    [
      'a parameter without a value',
      { Resources: { A: FUNCTION }, Parameters: { P: { Type: 'String' } } },
      /Parameters: \[P\] must have values/,
    ],
    [
      'roles without the capability',
      { Resources: { A: { Type: 'AWS::IAM::Role' } } },
      /^InsufficientCapabilitiesException: .*CAPABILITY_IAM/,
    ],
    ['no resources', {}, /At least one Resources member/],
  ];

  it.each(refused)('refuses %s', (_, body, says) => {
    const cloud = new CloudFormationWorld();
    const input = { StackName: 'shop', TemplateBody: JSON.stringify(body) };
    expect(codeOf(() => cloud.call('CreateStack', input))).toMatch(says);
  });

  it('refuses a second stack of the same name', () => {
    const cloud = new CloudFormationWorld();
    cloud.create({ Function: FUNCTION });
    expect(codeOf(() => cloud.create({ Function: FUNCTION }))).toMatch(/^AlreadyExistsException/);
  });
});

describe('DeleteStack', () => {
  it('deletes dependent resources first; the stack is then known by its id alone', async () => {
    const cloud = new CloudFormationWorld();
    const { Alias, Version, Function } = ALIAS;
    const { StackId = '' } = cloud.create({ Function, Version, Alias });
    await cloud.rest();
    cloud.call('DeleteStack', { StackName: 'shop' });
    expect((await cloud.rest(StackId)).StackStatus).toBe('DELETE_COMPLETE');
    const deleted = cloud.events(StackId).filter((event) => event.endsWith('DELETE_COMPLETE'));
    expect(deleted).toEqual(['Alias', 'Version', 'Function', 'shop'].map((id) => `${id} DELETE_COMPLETE`));
    expect(cloud.world.lambda.tagged()).toEqual([]);
    expect(codeOf(() => cloud.stack())).toBe('ValidationError: Stack with id shop does not exist');
  });

  it('takes a resource that is gone as deleted, and a stack that is not there', async () => {
    const cloud = new CloudFormationWorld();
    const { StackId = '' } = cloud.create({ Function: FUNCTION });
    await cloud.rest();
    const [resource] = cloud.call('DescribeStackResources', { StackName: 'shop' }).StackResources ?? [];
    const name = { FunctionName: resource?.PhysicalResourceId };
    cloud.world.lambda.operations['DeleteFunction']?.run(name as never, { role: 'operator' });
    cloud.call('DeleteStack', { StackName: 'shop' });
    expect((await cloud.rest(StackId)).StackStatus).toBe('DELETE_COMPLETE');
    expect(cloud.call('DeleteStack', { StackName: 'shop' })).toEqual({});
  });

  it('stops a creation that is under way, and removes what exists', async () => {
    const cloud = new CloudFormationWorld();
    const { StackId = '' } = cloud.create(ALIAS);
    await cloud.world.clock.run(() => cloud.events().includes('Function CREATE_COMPLETE'));
    cloud.call('DeleteStack', { StackName: 'shop' });
    expect((await cloud.rest(StackId)).StackStatus).toBe('DELETE_COMPLETE');
    expect(cloud.world.lambda.tagged()).toEqual([]);
  });

  it('fails where a resource cannot be deleted, says which, and can be tried again', async () => {
    const cloud = new CloudFormationWorld({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 'lambda:DeleteFunction', Resource: '*' }],
    });
    const { StackId = '' } = cloud.create({ Function: FUNCTION });
    await cloud.rest();
    cloud.call('DeleteStack', { StackName: 'shop' }, 'maker');
    expect(await cloud.rest(StackId)).toMatchObject({
      StackStatus: 'DELETE_FAILED',
      StackStatusReason: expect.stringContaining('[Function]') as string,
    });
    cloud.call('DeleteStack', { StackName: 'shop' });
    expect((await cloud.rest(StackId)).StackStatus).toBe('DELETE_COMPLETE');
  });
});
