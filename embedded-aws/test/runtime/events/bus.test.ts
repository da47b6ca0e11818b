import { describe, expect, test } from 'vitest';
import { deploy, lambda, permission, role, type Staged } from '../stage.ts';

type Json = Readonly<Record<string, unknown>>;

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:dead';
const RULE = 'arn:aws:events:eu-west-1:111122223333:rule/rule';
const SOURCE = `export const handler = async (event) => { console.log(JSON.stringify(event)); };`;

const target = (more: Json = {}): Json => ({
  Id: 't',
  Arn: { 'Fn::GetAtt': ['work', 'Arn'] },
  DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['dead', 'Arn'] } },
  ...more,
});
const rule = (more: Json = {}, targets: Json[] = [target()]): Json => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Name: 'rule',
    EventPattern: { source: ['aws.ecs', 'aws.codedeploy', 'shop'] },
    Targets: targets,
    ...more,
  },
});
const dead = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } };
const deadPolicy = (sourceArn: unknown): Json => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [{ Ref: 'dead' }],
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: { 'Fn::GetAtt': ['dead', 'Arn'] },
          Condition: { ArnLike: { 'aws:SourceArn': sourceArn } },
        },
      ],
    },
  },
});

function deployed(changes: Json = {}, source = SOURCE): Promise<Staged> {
  const resources: Record<string, unknown> = {
    work: lambda('work'),
    workRole: role('lambda.amazonaws.com'),
    rule: rule(),
    permission: permission('work', 'rule'),
    dead,
    deadPolicy: deadPolicy(RULE),
    ...changes,
  };
  const kept = Object.fromEntries(Object.entries(resources).filter(([, resource]) => resource !== null));
  return deploy(kept, { work: source });
}

const emit = ({ runtime }: Staged, source = 'aws.ecs'): void =>
  runtime.bus.emit({ source, 'detail-type': 'Change', resources: ['r'], detail: { a: 1 } });
const heard = ({ runtime }: Staged): Json[] =>
  runtime.lambda.logs.map(({ text }) => JSON.parse(text) as Json);
const dropped = (staged: Staged): string[] => staged.runtime.delivery.dropped.map(({ reason }) => reason);

test('an event reaches the targets of the rules that match, in its envelope', async () => {
  const staged = await deployed();
  emit(staged);
  emit(staged, 'aws.ec2');
  await staged.seconds(5);
  expect(heard(staged)).toMatchObject([
    {
      version: '0',
      source: 'aws.ecs',
      account: '111122223333',
      region: 'eu-west-1',
      time: '2026-03-01T12:00:00Z',
      resources: ['r'],
      'detail-type': 'Change',
      detail: { a: 1 },
    },
  ]);
});

describe('what a target gets', () => {
  test.each([
    ['a constant', { Input: '{"verb":"sweep"}' }, { verb: 'sweep' }],
    ['a part', { InputPath: '$.detail' }, { a: 1 }],
    [
      'a text made of parts',
      {
        InputTransformer: {
          InputPathsMap: { a: '$.detail.a', s: '$.source' },
          InputTemplate: '{"n": <a>, "says": "a is <a> of <s>"}',
        },
      },
      { n: 1, says: 'a is 1 of aws.ecs' },
    ],
    [
      'nothing where a path leads nowhere',
      {
        InputTransformer: {
          InputPathsMap: { none: '$.detail.none' },
          InputTemplate: '{"says": "of <none>."}',
        },
      },
      { says: 'of .' },
    ],
  ])('%s', async (_, input, expected) => {
    const staged = await deployed({ rule: rule({}, [target(input)]) });
    emit(staged);
    await staged.seconds(5);
    expect(heard(staged)).toEqual([expected]);
  });
});

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event.html
describe('mishaps', () => {
  const source = 'aws.codedeploy';

  test('a best-effort event may be lost by chance, a guaranteed one not', async () => {
    const resources = {
      work: lambda('work'),
      workRole: role('lambda.amazonaws.com'),
      rule: rule(),
      permission: permission('work', 'rule'),
      dead,
    };
    const staged = await deploy(resources, { work: SOURCE }, { mishaps: { lost: 1 } });
    emit(staged, source);
    emit(staged);
    await staged.seconds(5);
    expect(heard(staged)).toMatchObject([{ source: 'aws.ecs' }]);
    expect(staged.runtime.bus.published.map(({ lost }) => lost)).toEqual([true, false]);
  });

  test('a scenario can lose, duplicate and delay', async () => {
    const staged = await deployed();
    staged.runtime.bus.lose((event) => event.source === 'shop');
    staged.runtime.bus.duplicate((event) => event.source === 'aws.ecs');
    staged.runtime.bus.delay((event) => event.source === source, 60_000);
    emit(staged, 'shop');
    emit(staged, source);
    emit(staged);
    await staged.seconds(10);
    expect(heard(staged).map((event) => event['source'])).toEqual(['aws.ecs', 'aws.ecs']);
    await staged.seconds(60);
    expect(heard(staged).map((event) => event['source'])).toEqual(['aws.ecs', 'aws.ecs', source]);
  });
});

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
describe('an event that cannot be delivered', () => {
  test('without permission goes to the dead-letter queue at once', async () => {
    const staged = await deployed({ permission: null });
    emit(staged);
    await staged.seconds(5);
    expect(heard(staged)).toEqual([]);
    const [message] = staged.runtime.queues.messages(QUEUE);
    expect(message?.attributes).toMatchObject({
      ERROR_CODE: 'NO_PERMISSIONS',
      RULE_ARN: RULE,
      RETRY_ATTEMPTS: '0',
    });
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ source: 'aws.ecs', detail: { a: 1 } });
  });

  test('is dropped when the queue does not let the rule in', async () => {
    const staged = await deployed({ permission: null, deadPolicy: deadPolicy(`${RULE}-other`) });
    emit(staged);
    await staged.seconds(5);
    expect(staged.runtime.queues.messages(QUEUE)).toEqual([]);
    expect(dropped(staged)).toEqual(['NO_PERMISSIONS, and the dead-letter queue does not let the rule in']);
  });

  test('is tried again by the retry policy, and given up when that is used up', async () => {
    const staged = await deployed({
      rule: rule({}, [target({ RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 } })]),
    });
    let attempts = 0;
    staged.runtime.delivery.trouble(() => (attempts++, { code: 'THROTTLING', message: 'Rate exceeded' }));
    emit(staged);
    await staged.seconds(600);
    expect(attempts).toBe(4);
    expect(staged.runtime.queues.messages(QUEUE)[0]?.attributes).toMatchObject({
      ERROR_CODE: 'THROTTLING',
      RETRY_ATTEMPTS: '3',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
    });
  });

  test('is delivered when the trouble is over before that', async () => {
    const staged = await deployed();
    let troubles = 2;
    staged.runtime.delivery.trouble(() =>
      troubles-- > 0 ? { code: 'THROTTLING', message: 'Rate exceeded' } : null,
    );
    emit(staged);
    await staged.seconds(60);
    expect(heard(staged)).toHaveLength(1);
    expect(staged.runtime.queues.messages(QUEUE)).toEqual([]);
  });
});

// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
describe('PutEvents', () => {
  const put = ({ runtime }: Staged, entry: Json): Json =>
    (
      runtime.bus.operations['PutEvents']!.run(
        { Entries: [{ Source: 'shop', DetailType: 'Change', Detail: '{}', ...entry }] } as never,
        { role: 'operator' },
      ) as { Entries: Json[] }
    ).Entries[0]!;

  test('an event goes to the rules of its own bus only', async () => {
    const own = {
      bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'own' } },
      rule: rule({ EventBusName: { Ref: 'bus' } }),
    };
    const staged = await deployed(own);
    put(staged, { EventBusName: 'own', Detail: '{"n":1}' });
    put(staged, { EventBusName: 'arn:aws:events:eu-west-1:111122223333:event-bus/own', Detail: '{"n":2}' });
    put(staged, { Detail: '{"n":3}' });
    await staged.seconds(5);
    expect(heard(staged).map((event) => event['detail'])).toEqual(
      expect.arrayContaining([{ n: 1 }, { n: 2 }]),
    );
    expect(heard(staged)).toHaveLength(2);
  });

  test.each([
    ['a source of AWS', { Source: 'aws.ecs' }, 'NotAuthorizedForSourceException'],
    ['a detail that is no JSON object', { Detail: '[1]' }, 'MalformedDetail'],
    ['no detail type', { DetailType: '' }, 'InvalidArgument'],
  ])('%s is refused', async (_, entry, code) => {
    const staged = await deployed();
    expect(put(staged, entry)).toMatchObject({ ErrorCode: code });
    expect(staged.runtime.bus.published).toEqual([]);
  });

  // https://github.com/aws/aws-cli/issues/9186
  test('a bus that does not exist swallows the event', async () => {
    expect(put(await deployed(), { EventBusName: 'nowhere' })).toHaveProperty('EventId');
  });
});

test('a scheduled rule fires every interval, with its event', async () => {
  const staged = await deployed({
    rule: {
      Type: 'AWS::Events::Rule',
      Properties: { Name: 'rule', ScheduleExpression: 'rate(1 minute)', Targets: [target()] },
    },
  });
  await staged.seconds(185);
  expect(heard(staged)).toHaveLength(3);
  expect(heard(staged)[0]).toMatchObject({
    source: 'aws.events',
    'detail-type': 'Scheduled Event',
    resources: [RULE],
    time: '2026-03-01T12:01:00Z',
    detail: {},
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
describe('a function that fails an event', () => {
  const FAILS = `export const handler = async () => { throw new TypeError('bad'); };`;
  const config = (more: Json): Json => ({
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: { Ref: 'work' },
      Qualifier: '$LATEST',
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['dead', 'Arn'] } } },
      ...more,
    },
  });
  const may = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['dead', 'Arn'] } };

  test('is retried twice, after one minute and two, and then goes to the destination', async () => {
    const staged = await deployed({ config: config({}), workRole: role('lambda.amazonaws.com', may) }, FAILS);
    emit(staged);
    await staged.seconds(240);
    const at = staged.runtime.invocations.map((invocation) => Date.parse(invocation.at));
    expect(at.map((instant) => Math.round((instant - at[0]!) / 10_000) * 10)).toEqual([0, 60, 180]);
    const [message] = staged.runtime.queues.messages(QUEUE);
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { source: 'aws.ecs' },
      responsePayload: { errorType: 'TypeError', errorMessage: 'bad' },
    });
  });

  test('is spared an event that has grown too old', async () => {
    const staged = await deployed(
      { config: config({ MaximumEventAgeInSeconds: 90 }), workRole: role('lambda.amazonaws.com', may) },
      FAILS,
    );
    emit(staged);
    await staged.seconds(300);
    expect(staged.runtime.invocations).toHaveLength(2);
    expect(JSON.parse(staged.runtime.queues.messages(QUEUE)[0]?.body ?? '')).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded' },
    });
  });

  test('loses it when its role may not send to the destination', async () => {
    const staged = await deployed({ config: config({}) }, FAILS);
    emit(staged);
    await staged.seconds(300);
    expect(staged.runtime.queues.messages(QUEUE)).toEqual([]);
    expect(staged.runtime.losses).toMatchObject([{ what: 'event of work' }]);
    expect(staged.runtime.losses[0]?.why).toMatch(/sqs:SendMessage/);
  });
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html
test("a dead letter turns the template's alarm on its queue", async () => {
  const alarm = {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: 'dead-letters',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['dead', 'QueueName'] } }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    },
  };
  const staged = await deployed({ alarm, permission: null });
  await staged.seconds(300);
  expect(staged.world.cloudwatch.alarmState('dead-letters')).toBe('OK');
  emit(staged);
  await staged.seconds(300);
  expect(staged.world.cloudwatch.alarmState('dead-letters')).toBe('ALARM');
});

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html
test('disturbances of events last until they are ended', async () => {
  const staged = await deployed();
  const { bus, delivery } = staged.runtime;
  const ends = [
    bus.lose(({ source }) => source === 'aws.codedeploy'),
    bus.duplicate(() => true),
    bus.delay(
      () => true,
      () => 10_000,
    ),
    delivery.duplicate(({ name }) => name === 'rule'),
    delivery.trouble((_, __, { source }) =>
      source === 'shop' ? { code: 'NO_RESOURCE', message: 'gone' } : null,
    ),
  ];
  emit(staged, 'aws.codedeploy');
  emit(staged);
  emit(staged, 'shop');
  await staged.seconds(9);
  expect(heard(staged)).toHaveLength(0);
  await staged.seconds(5);
  expect(heard(staged)).toHaveLength(4);
  for (const end of ends) end();
  for (const source of ['aws.codedeploy', 'aws.ecs', 'shop']) emit(staged, source);
  await staged.seconds(5);
  expect(heard(staged)).toHaveLength(7);
});
