import { describe, expect, test } from 'vitest';
import { stackOf } from '../../runtime/stack/read.ts';
import type { Stack } from '../../runtime/stack/stack.ts';
import { resolveTemplate, type Template } from '../../runtime/stack/template.ts';

const read = (template: Template, parameters: Record<string, string> = {}): Stack =>
  stackOf(resolveTemplate(template, { parameters }), '/root');
const output = (value: unknown, more: Partial<Template> = {}): string | undefined =>
  read({
    Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } } },
    ...more,
    Outputs: { It: { Value: value } },
  }).outputs['It'];

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
describe('intrinsic functions', () => {
  test.each([
    ['Ref of a resource', { Ref: 'Queue' }, 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['GetAtt', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:eu-west-1:111122223333:dead'],
    ['GetAtt with a dot', { 'Fn::GetAtt': 'Queue.QueueName' }, 'dead'],
    [
      'Sub',
      { 'Fn::Sub': '${AWS::AccountId}/${Queue.Arn}/${!literal}' },
      '111122223333/arn:aws:sqs:eu-west-1:111122223333:dead/${literal}',
    ],
    [
      'Sub with names',
      { 'Fn::Sub': ['${a}-${AWS::Region}', { a: { Ref: 'AWS::Partition' } }] },
      'aws-eu-west-1',
    ],
    [
      'Join',
      { 'Fn::Join': [':', ['a', { Ref: 'AWS::Region' }, { 'Fn::Join': ['/', ['b', 'c']] }]] },
      'a:eu-west-1:b/c',
    ],
    ['Base64', { 'Fn::Base64': { 'Fn::Sub': 'in ${AWS::Region}' } }, 'aW4gZXUtd2VzdC0x'],
    ['Select and Split', { 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b'] }] }, 'b'],
  ])('%s', (_, value, expected) => {
    expect(output(value)).toBe(expected);
  });

  test('a parameter has its default, or what is given', () => {
    const template = {
      Parameters: { Topic: { Default: 'none' } },
      Resources: {},
      Outputs: { It: { Value: { Ref: 'Topic' } } },
    };
    expect([read(template).outputs['It'], read(template, { Topic: 'ours' }).outputs['It']]).toEqual([
      'none',
      'ours',
    ]);
  });

  test('a condition takes resources, values and properties away', () => {
    const template: Template = {
      Parameters: { Topic: { Default: '' } },
      Conditions: { HasTopic: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Topic' }, ''] }] } },
      Resources: {
        Permission: {
          Type: 'AWS::Lambda::Permission',
          Condition: 'HasTopic',
          Properties: { FunctionName: 'f', Principal: 'sns.amazonaws.com' },
        },
        Queue: {
          Type: 'AWS::SQS::Queue',
          Properties: {
            QueueName: 'dead',
            VisibilityTimeout: { 'Fn::If': ['HasTopic', 60, { Ref: 'AWS::NoValue' }] },
          },
        },
      },
    };
    const [without, given] = [read(template), read(template, { Topic: 't' })];
    expect([without.permissions.length, without.queues[0]?.visibilitySeconds]).toEqual([0, 30]);
    expect([given.permissions.length, given.queues[0]?.visibilitySeconds]).toEqual([1, 60]);
  });

  test.each([
    ['a resource that is not there', { Ref: 'Nobody' }, 'the template has no Nobody'],
    [
      'an attribute that is not there',
      { 'Fn::GetAtt': ['Queue', 'Size'] },
      'Queue has no attribute Size here',
    ],
    ['a function that is not known', { 'Fn::Transform': {} }, 'does not resolve Fn::Transform'],
  ])('%s is an error', (_, value, message) => {
    expect(() => output(value)).toThrow(message);
  });
});

const ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'own',
    Policies: [
      {
        PolicyName: 'p',
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sqs:SendMessage',
              Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
              Condition: { StringEquals: { 'aws:ResourceTag/lastgood': ['auto'] } },
            },
          ],
        },
      },
    ],
  },
};
const QUEUE = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } };
const FUNCTION = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: 'guard',
    Handler: '.build/guard/index.handler',
    Runtime: 'nodejs24.x',
    Timeout: 25,
    MemorySize: 1024,
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Environment: { Variables: { QUEUE: { Ref: 'Queue' }, LIMIT: 3 } },
  },
};

test('a function is read with its bundle, its variables and its role', () => {
  const [guard] = read({ Resources: { Guard: FUNCTION, Role: ROLE, Queue: QUEUE } }).functions;
  expect(guard).toEqual({
    name: 'guard',
    arn: 'arn:aws:lambda:eu-west-1:111122223333:function:guard',
    module: '/root/.build/guard/index.mjs',
    handler: 'handler',
    environment: { QUEUE: 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead', LIMIT: '3' },
    role: 'own',
    timeoutSeconds: 25,
    memoryMb: 1024,
    runtime: 'nodejs24.x',
    async: { retries: 2, maxAgeSeconds: 21_600 },
  });
});

test("a role's policies are resolved, their conditions kept", () => {
  const [role] = read({ Resources: { Role: ROLE, Queue: QUEUE } }).roles;
  expect(role?.policies).toEqual([
    {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Resource: 'arn:aws:sqs:eu-west-1:111122223333:dead',
          Condition: { StringEquals: { 'aws:ResourceTag/lastgood': ['auto'] } },
        },
      ],
    },
  ]);
});

test('policies of its own belong to its role only', () => {
  const Statement = [{ Effect: 'Allow', Action: 's3:ListBucketVersions', Resource: 'arn:aws:s3:::b' }];
  const Own = {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'p', Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement } },
  };
  const Other = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'other' } };
  const { roles } = read({ Resources: { Role: ROLE, Queue: QUEUE, Other, Own } });
  expect(roles.map(({ name, policies }) => [name, policies.length])).toEqual([
    ['own', 2],
    ['other', 0],
  ]);
  expect(roles[0]?.policies[1]).toEqual({ Statement });
});

test('a role with managed policies is refused, because their text is not there', () => {
  const managed = {
    Type: 'AWS::IAM::Role',
    Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
  };
  expect(() => read({ Resources: { Role: managed } })).toThrow('managed policies');
});

test("a state machine's substitutions are made", () => {
  const Machine = {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: 'm',
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Definition: { StartAt: '${First}', Comment: '${Other}' },
      DefinitionSubstitutions: { First: { Ref: 'Queue' } },
    },
  };
  const [machine] = read({ Resources: { Machine, Role: ROLE, Queue: QUEUE } }).stateMachines;
  expect(machine).toMatchObject({
    role: 'own',
    type: 'STANDARD',
    definition: { StartAt: 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead', Comment: '${Other}' },
  });
});

test('a rule on a bus of its own has that bus in its ARN', () => {
  const Bus = { Type: 'AWS::Events::EventBus', Properties: { Name: 'own' } };
  const Rule = {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: 'r',
      EventBusName: { 'Fn::GetAtt': ['Bus', 'Arn'] },
      EventPattern: { source: ['a'] },
      Targets: [],
    },
  };
  expect(read({ Resources: { Bus, Rule } })).toMatchObject({
    buses: ['default', 'own'],
    rules: [{ bus: 'own', arn: 'arn:aws:events:eu-west-1:111122223333:rule/own/r' }],
  });
});

test('a rule whose pattern EventBridge refuses is refused', () => {
  const Properties = { EventPattern: { source: 'aws.ecs' }, Targets: [] };
  expect(() => read({ Resources: { Rule: { Type: 'AWS::Events::Rule', Properties } } })).toThrow(
    expect.objectContaining({ code: 'InvalidEventPatternException' }) as Error,
  );
});

test('a rule that is switched off is not there', () => {
  const Rule = {
    Type: 'AWS::Events::Rule',
    Properties: { State: 'DISABLED', ScheduleExpression: 'rate(1 minute)', Targets: [] },
  };
  expect(read({ Resources: { Rule } }).rules).toEqual([]);
});

test('what changes nothing here is listed, and what is not known is refused', () => {
  const Logs = { Type: 'AWS::Logs::LogGroup', Properties: {} };
  expect(read({ Resources: { Logs } }).ignored).toEqual(['Logs']);
  expect(() => read({ Resources: { Api: { Type: 'AWS::AppSync::Api' } } })).toThrow(
    'does not model AWS::AppSync::Api (Api)',
  );
});
