import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { MACHINE, deploy, lambda, machine, role, type Staged } from './stage.ts';

/* The calls that people make every day, with the SDK. */

const GROUP = '/aws/lambda/work';

async function deployed() {
  const queue = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });
  const open = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };
  const staged = await deploy(
    {
      work: lambda('work', { Environment: { Variables: { SIZE: '3' } } }),
      workRole: role('lambda.amazonaws.com'),
      machineRole: role('states.amazonaws.com'),
      machine: machine({ Done: { Type: 'Succeed' } }, 'Done'),
      heard: queue('heard'),
      other: queue('other'),
      policy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'heard' }],
          PolicyDocument: { Version: '2012-10-17', Statement: [open] },
        },
      },
    },
    { work: 'export const handler = async (event) => { console.log(`took ${event.what}`); };' },
  );
  return { staged, client: clientOf(staged) };
}

function clientOf({ runtime }: Staged) {
  const credentials = runtime.wire.credentials('operator');
  return { endpoint: runtime.endpoint, region: 'eu-west-1', credentials };
}

async function invoke(client: object, what: string): Promise<void> {
  const Payload = JSON.stringify({ what });
  await new LambdaClient(client).send(new InvokeCommand({ FunctionName: 'work', Payload }));
}

test('who am I: a user with every permission, or a role’s session', async () => {
  const { staged, client } = await deployed();
  const identity = (settings: object) => new STSClient(settings).send(new GetCallerIdentityCommand({}));
  expect(await identity(client)).toMatchObject({
    Account: '111122223333',
    Arn: 'arn:aws:iam::111122223333:user/operator',
    UserId: expect.stringMatching(/^AIDA\w{16}$/) as string,
  });
  const credentials = staged.runtime.wire.credentials('lastgood-workRole');
  expect((await identity({ ...client, credentials })).Arn).toBe(
    'arn:aws:sts::111122223333:assumed-role/lastgood-workRole/lastgood-workRole',
  );
});

test('functions of the stack and of users are listed and described, page by page', async () => {
  const { client } = await deployed();
  const aws = new LambdaClient(client);
  const Code = { ZipFile: new Uint8Array() };
  await aws.send(
    new CreateFunctionCommand({ FunctionName: 'checkout', Role: 'arn:aws:iam::1:role/x', Code }),
  );
  const first = await aws.send(new ListFunctionsCommand({ MaxItems: 1 }));
  const second = await aws.send(new ListFunctionsCommand({ Marker: first.NextMarker }));
  const names = [first, second].map(({ Functions = [] }) =>
    Functions.map(({ FunctionName }) => FunctionName),
  );
  expect([names, second.NextMarker]).toEqual([[['work'], ['checkout']], undefined]);
  const { Configuration } = await aws.send(new GetFunctionCommand({ FunctionName: 'work' }));
  expect(Configuration).toMatchObject({
    Timeout: 5,
    Version: '$LATEST',
    Environment: { Variables: { SIZE: '3' } },
  });
  const version = aws.send(new GetFunctionCommand({ FunctionName: 'work', Qualifier: '1' }));
  await expect(version).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('what functions log is read by group, stream, words and virtual time', async () => {
  const { staged, client } = await deployed();
  const logs = new CloudWatchLogsClient(client);
  await invoke(client, 'one');
  await staged.seconds(60);
  await invoke(client, 'two');
  const { logGroups } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/w' }),
  );
  expect(logGroups?.map(({ logGroupName }) => logGroupName)).toEqual([GROUP]);
  const filtered = async (more: object) => {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, ...more }));
    return events.map(({ message }) => message);
  };
  expect(await filtered({})).toEqual(['took one', 'took two']);
  expect(await filtered({ filterPattern: 'two' })).toEqual(['took two']);
  expect(await filtered({ filterPattern: '"took one"' })).toEqual(['took one']);
  expect(await filtered({ filterPattern: '?one ?"took two"' })).toEqual(['took one', 'took two']);
  expect(await filtered({ filterPattern: '?three ?two' })).toEqual(['took two']);
  expect(await filtered({ startTime: Date.parse('2026-03-01T12:00:30Z') })).toEqual(['took two']);
  expect(await filtered({ endTime: Date.parse('2026-03-01T12:00:30Z') })).toEqual(['took one']);
  const { logStreams = [] } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: GROUP }));
  expect(logStreams.map(({ logStreamName }) => logStreamName)).toEqual([
    expect.stringMatching(/^2026\/03\/01\/\[\$LATEST\][0-9a-f]{32}$/),
  ]);
  const logStreamName = logStreams[0]?.logStreamName;
  const { events } = await logs.send(
    new GetLogEventsCommand({ logGroupName: GROUP, logStreamName, limit: 1 }),
  );
  expect(events?.map(({ message }) => message)).toEqual(['took two']);
});

test('a log group that is not there, or a pattern that is not read, is refused', async () => {
  const { client } = await deployed();
  const logs = new CloudWatchLogsClient(client);
  const filter = (input: object) => logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, ...input }));
  await expect(filter({ logGroupName: '/aws/lambda/none' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(filter({ filterPattern: 'took ?one' })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await expect(filter({ filterPattern: '{ $.level = "ERROR" }' })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
});

test('a client’s rule hears events from then on, until it is deleted', async () => {
  const { staged, client } = await deployed();
  const events = new EventBridgeClient(client);
  const put = async () => {
    const entry = { Source: 'shop', DetailType: 'Change', Detail: '{}' };
    await events.send(new PutEventsCommand({ Entries: [entry] }));
    await staged.seconds(10);
  };
  await put();
  await events.send(new PutRuleCommand({ Name: 'mine', EventPattern: '{"source":["shop"]}' }));
  const Targets = [{ Id: 'queue', Arn: 'arn:aws:sqs:eu-west-1:111122223333:heard' }];
  await events.send(new PutTargetsCommand({ Rule: 'mine', Targets }));
  expect((await events.send(new ListTargetsByRuleCommand({ Rule: 'mine' }))).Targets).toEqual(Targets);
  await put();
  expect(staged.runtime.queues.messages('heard')).toHaveLength(1);
  const remove = () => events.send(new DeleteRuleCommand({ Name: 'mine' }));
  await expect(remove()).rejects.toMatchObject({ name: 'ValidationException' });
  await events.send(new RemoveTargetsCommand({ Rule: 'mine', Ids: ['queue'] }));
  await put();
  expect(staged.runtime.queues.messages('heard')).toHaveLength(1);
  await remove();
  expect((await events.send(new ListRulesCommand({}))).Rules).toEqual([]);
});

test.each([
  ['no JSON', { EventPattern: '{' }, 'InvalidEventPatternException'],
  ['a schedule', { ScheduleExpression: 'rate(1 minute)' }, 'ValidationException'],
  ['a bus that is not there', { EventPattern: '{}', EventBusName: 'none' }, 'ResourceNotFoundException'],
])('a rule with %s is refused', async (_, rule, name) => {
  const { client } = await deployed();
  const events = new EventBridgeClient(client);
  await expect(events.send(new PutRuleCommand({ Name: 'mine', ...rule }))).rejects.toMatchObject({ name });
});

test('queues are listed by prefix and page, and a state machine is described', async () => {
  const { client } = await deployed();
  const sqs = new SQSClient(client);
  const all = await sqs.send(new ListQueuesCommand({}));
  expect(all.QueueUrls?.map((url) => url.split('/').at(-1))).toEqual(['heard', 'other']);
  expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'o' }))).QueueUrls).toHaveLength(1);
  const first = await sqs.send(new ListQueuesCommand({ MaxResults: 1 }));
  const rest = await sqs.send(new ListQueuesCommand({ MaxResults: 1, NextToken: first.NextToken }));
  expect([first, rest].flatMap(({ QueueUrls }) => QueueUrls)).toEqual(all.QueueUrls);
  expect(rest.NextToken).toBeUndefined();
  const described = await new SFNClient(client).send(
    new DescribeStateMachineCommand({ stateMachineArn: MACHINE }),
  );
  expect(JSON.parse(described.definition ?? '')).toMatchObject({ StartAt: 'Done' });
});
