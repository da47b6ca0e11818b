import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { MACHINE, deploy, lambda, machine, role, type Staged } from './stage.ts';

type Json = Readonly<Record<string, unknown>>;

const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'ledger',
    BillingMode: 'PAY_PER_REQUEST',
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    AttributeDefinitions: [{ AttributeName: 'target', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'target', KeyType: 'HASH' }],
  },
};

/** Writes to the table, puts an event, and returns the time. */
const SOURCE = `
  import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
  import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
  const ledger = new DynamoDBClient({});
  const bus = new EventBridgeClient({});
  export const handler = async () => {
    const before = Date.now();
    await ledger.send(new PutItemCommand({ TableName: process.env.LEDGER, Item: { target: { S: 'a' } } }));
    const between = Date.now();
    await bus.send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'Change', Detail: '{}' }] }));
    return [between - before, Date.now() - between];
  };`;

const PUT_ITEM = {
  Effect: 'Allow',
  Action: 'dynamodb:PutItem',
  Resource: { 'Fn::GetAtt': ['ledger', 'Arn'] },
};
const PUT_EVENTS = {
  Effect: 'Allow',
  Action: 'events:PutEvents',
  Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default' },
};
const INVOKE = {
  Effect: 'Allow',
  Action: 'lambda:InvokeFunction',
  Resource: { 'Fn::GetAtt': ['work', 'Arn'] },
};

function deployed(...statements: Json[]): Promise<Staged> {
  return deployedFrom(SOURCE, statements);
}

function deployedFrom(source: string, statements: Json[]): Promise<Staged> {
  const work = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: '${Work}', 'Payload.$': '$' },
    OutputPath: '$.Payload',
    End: true,
  };
  const resources = {
    ledger: TABLE,
    dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
    work: lambda('work', { Environment: { Variables: { LEDGER: { Ref: 'ledger' } } } }),
    workRole: role('lambda.amazonaws.com', ...statements),
    machine: machine({ Work: work }, 'Work'),
    machineRole: role('states.amazonaws.com', INVOKE),
  };
  return deploy(resources, { work: source });
}

/** Returns the SDK settings of the person at the keyboard. */
function operator({ runtime }: Staged): {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
} {
  return {
    endpoint: runtime.endpoint,
    region: 'eu-west-1',
    credentials: runtime.wire.credentials('operator'),
  };
}

test('a function calls AWS over the wire, as its role, and its calls take virtual time', async () => {
  const staged = await deployed(PUT_ITEM, PUT_EVENTS);
  const { Payload } = await new LambdaClient(operator(staged)).send(
    new InvokeCommand({ FunctionName: 'work' }),
  );
  const [write, event] = JSON.parse(Buffer.from(Payload ?? '').toString()) as [number, number];
  const calls = staged.runtime.wire.calls.filter(({ role: caller }) => caller !== 'operator');
  expect(calls.map(({ service, operation, allowed }) => [service, operation, allowed])).toEqual([
    ['dynamodb', 'PutItem', true],
    ['events', 'PutEvents', true],
  ]);
  expect(Date.parse(calls[1]!.at) - Date.parse(calls[0]!.at)).toBe(write);
  expect(write).toBeGreaterThan(0);
  expect(staged.runtime.invocations).toMatchObject([{ function: 'work', cold: true }]);
  expect(staged.runtime.invocations[0]!.durationMs).toBeGreaterThan(112 + write + event);
  const read = await new DynamoDBClient(operator(staged)).send(
    new GetItemCommand({ TableName: 'ledger', Key: { target: { S: 'a' } } }),
  );
  expect(read.Item).toEqual({ target: { S: 'a' } });
});

test('a function may only do what its role allows in the template', async () => {
  const staged = await deployed(PUT_ITEM);
  const { FunctionError, Payload } = await new LambdaClient(operator(staged)).send(
    new InvokeCommand({ FunctionName: 'work' }),
  );
  expect(FunctionError).toBe('Unhandled');
  expect(JSON.parse(Buffer.from(Payload ?? '').toString())).toMatchObject({
    errorType: 'AccessDeniedException',
  });
  expect(staged.runtime.wire.calls.at(-1)).toMatchObject({
    operation: 'PutEvents',
    role: 'lastgood-prod-workRole',
    allowed: false,
  });
});

test('an execution can be started, followed and read with the SDK', async () => {
  const staged = await deployed(PUT_ITEM, PUT_EVENTS);
  const client = new SFNClient(operator(staged));
  const { executionArn, startDate } = await client.send(
    new StartExecutionCommand({ stateMachineArn: MACHINE, input: '{"a":1}' }),
  );
  expect(startDate?.toISOString()).toBe('2026-03-01T12:00:00.000Z');
  await staged.seconds(30);
  expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
    status: 'SUCCEEDED',
    input: '{"a":1}',
    stateMachineArn: MACHINE,
  });
  const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events?.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
  const { executions } = await client.send(
    new ListExecutionsCommand({ stateMachineArn: MACHINE, statusFilter: 'SUCCEEDED' }),
  );
  expect(executions?.map((execution) => execution.executionArn)).toEqual([executionArn]);
  await expect(
    client.send(new StartExecutionCommand({ stateMachineArn: `${MACHINE}x` })),
  ).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
});

test('a history is paged, up to the requested length', async () => {
  const staged = await deployed(PUT_ITEM, PUT_EVENTS);
  const client = new SFNClient(operator(staged));
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: MACHINE }));
  await staged.seconds(30);
  const pageAfter = (nextToken?: string) =>
    client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 3, nextToken }));
  const first = await pageAfter();
  expect(first.events?.map(({ id }) => id)).toEqual([1, 2, 3]);
  const second = await pageAfter(first.nextToken);
  expect([second.events?.map(({ id }) => id), second.nextToken]).toEqual([[4], undefined]);
  await expect(pageAfter('yesterday')).rejects.toMatchObject({ name: 'InvalidToken' });
});

test('the state machines are listed', async () => {
  const staged = await deployed(PUT_ITEM, PUT_EVENTS);
  const { stateMachines } = await new SFNClient(operator(staged)).send(new ListStateMachinesCommand());
  expect(stateMachines).toEqual([
    {
      stateMachineArn: MACHINE,
      name: MACHINE.split(':').at(-1),
      type: 'STANDARD',
      creationDate: new Date('2026-03-01T12:00:00.000Z'),
    },
  ]);
});

test('a queue can be read with the SDK', async () => {
  const staged = await deployed();
  const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead';
  const sqs = new SQSClient({ ...operator(staged), useQueueUrlAsEndpoint: false });
  await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: 'lost',
      MessageAttributes: { WHY: { DataType: 'String', StringValue: 'no' } },
    }),
  );
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }),
  );
  expect(Messages).toMatchObject([{ Body: 'lost', MessageAttributes: { WHY: { StringValue: 'no' } } }]);
  const hidden = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(hidden.Attributes).toMatchObject({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '1',
  });
  await staged.seconds(31);
  const again = (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages;
  expect(again).toHaveLength(1);
  expect(again![0]).not.toHaveProperty('MessageAttributes');
  expect((await sqs.send(new GetQueueAttributesCommand({ QueueUrl }))).Attributes).toEqual({});
});

test('calls made at once reach AWS one after another, in the same order each time', async () => {
  const together = `
    import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
    import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
    const put = (target) => new DynamoDBClient({}).send(new PutItemCommand({ TableName: 'ledger', Item: { target: { S: target } } }));
    const emit = () => new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'Change', Detail: '{}' }] }));
    export const handler = () => Promise.all([put('a'), emit(), put('b'), emit(), put('c')]);`;
  const run = async (): Promise<readonly { at: string; operation: string }[]> => {
    const staged = await deployedFrom(together, [PUT_ITEM, PUT_EVENTS]);
    await new LambdaClient(operator(staged)).send(new InvokeCommand({ FunctionName: 'work' }));
    return staged.runtime.wire.calls.map(({ at, operation }) => ({ at, operation }));
  };
  const [first, again] = [await run(), await run()];
  expect(first).toHaveLength(6);
  expect(again).toEqual(first);
  expect(new Set(first.map(({ at }) => at)).size).toBe(6);
});
