import { describe, expect, test } from 'vitest';
import type { OutgoingAnswer, OutgoingRequest, Outside } from '../../../runtime/events/api-destinations.ts';
import { deploy, role, type Staged } from '../stage.ts';

type Json = Readonly<Record<string, unknown>>;

const MAY_CALL = {
  Effect: 'Allow',
  Action: 'events:InvokeApiDestination',
  Resource: { 'Fn::GetAtt': ['hook', 'Arn'] },
};

interface Options {
  readonly statements?: readonly Json[];
  readonly target?: Json;
  readonly connection?: Json;
  readonly rate?: number;
}

/** Deploys a rule that sends events of `shop` to `https://hooks.example.com/in`. */
async function deployed(
  outside: Outside,
  { statements = [MAY_CALL], target = {}, connection = {}, rate }: Options = {},
) {
  const asked: OutgoingRequest[] = [];
  const resources: Json = {
    connection: {
      Type: 'AWS::Events::Connection',
      Properties: {
        AuthorizationType: 'API_KEY',
        AuthParameters: {
          ApiKeyAuthParameters: { ApiKeyName: 'Authorization', ApiKeyValue: 'Bearer key' },
          ...connection,
        },
      },
    },
    hook: {
      Type: 'AWS::Events::ApiDestination',
      Properties: {
        ConnectionArn: { 'Fn::GetAtt': ['connection', 'Arn'] },
        InvocationEndpoint: 'https://hooks.example.com/in',
        HttpMethod: 'POST',
        ...(rate !== undefined && { InvocationRateLimitPerSecond: rate }),
      },
    },
    hookRole: role('events.amazonaws.com', ...statements),
    dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
    deadPolicy: {
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
            },
          ],
        },
      },
    },
    rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'rule',
        EventPattern: { source: ['shop'] },
        Targets: [
          {
            Id: 't',
            Arn: { 'Fn::GetAtt': ['hook', 'Arn'] },
            RoleArn: { 'Fn::GetAtt': ['hookRole', 'Arn'] },
            DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['dead', 'Arn'] } },
            ...target,
          },
        ],
      },
    },
  };
  const staged = await deploy(
    resources,
    {},
    {
      outside: (request) => {
        asked.push(request);
        return outside(request);
      },
    },
  );
  return { staged, asked };
}

const emit = ({ runtime }: Staged, detail: Json = { a: 1 }): void =>
  runtime.bus.emit({ source: 'shop', 'detail-type': 'Change', resources: [], detail });
const dead = ({ runtime }: Staged) => runtime.queues.messages('dead').map(({ attributes }) => attributes);
const always = (answer: OutgoingAnswer | null) => () => answer;

test('a request has the event, the headers of EventBridge, and those of the connection', async () => {
  const { staged, asked } = await deployed(always({ status: 204 }));
  emit(staged);
  await staged.seconds(5);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    method: 'POST',
    url: 'https://hooks.example.com/in',
    headers: {
      authorization: 'Bearer key',
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Amazon/EventBridge/ApiDestinations',
    },
  });
  expect(JSON.parse(asked[0]!.body)).toMatchObject({ source: 'shop', detail: { a: 1 } });
  expect(dead(staged)).toEqual([]);
});

test('the input transformer makes the body, and the parameters of target and connection are added', async () => {
  const { staged, asked } = await deployed(always({ status: 200 }), {
    target: {
      InputTransformer: {
        InputPathsMap: { a: '$.detail.a', none: '$.detail.none' },
        InputTemplate: '{"ref": "main", "inputs": {"a": "<a>", "none": "<none>"}}',
      },
      HttpParameters: { HeaderParameters: { Accept: 'application/json' }, QueryStringParameters: { v: '2' } },
    },
    connection: {
      InvocationHttpParameters: { BodyParameters: [{ Key: 'key', Value: 'k', IsValueSecret: true }] },
    },
  });
  emit(staged);
  await staged.seconds(5);
  expect(asked[0]).toMatchObject({
    url: 'https://hooks.example.com/in?v=2',
    headers: { accept: 'application/json' },
    body: JSON.stringify({ ref: 'main', inputs: { a: '1', none: '' }, key: 'k' }),
  });
});

describe('answers', () => {
  test.each([
    ['409', { status: 409 }],
    ['429', { status: 429 }],
    ['503', { status: 503 }],
    ['an answer after more than five seconds', { status: 200, seconds: 6 }],
    ['no answer', null],
  ])('%s is tried again', async (_, first) => {
    let count = 0;
    const { staged, asked } = await deployed(() => (count++ === 0 ? first : { status: 204 }));
    emit(staged);
    await staged.seconds(60);
    expect(asked).toHaveLength(2);
    expect(dead(staged)).toEqual([]);
  });

  test.each([400, 401, 404, 422, 301])(
    '%d is final: the event goes to the dead-letter queue',
    async (status) => {
      const { staged, asked } = await deployed(always({ status }));
      emit(staged);
      await staged.seconds(60);
      expect(asked).toHaveLength(1);
      expect(dead(staged)).toMatchObject([
        {
          ERROR_CODE: 'ERROR_FROM_TARGET',
          ERROR_MESSAGE: `HTTP status code ${status}.`,
          RETRY_ATTEMPTS: '0',
        },
      ]);
    },
  );

  test('the retry policy ends the attempts', async () => {
    const { staged, asked } = await deployed(always({ status: 500 }), {
      target: { RetryPolicy: { MaximumRetryAttempts: 2 } },
    });
    emit(staged);
    await staged.seconds(600);
    expect(asked).toHaveLength(3);
    expect(dead(staged)).toMatchObject([{ EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts' }]);
  });

  test('without a retry policy it is tried 185 times again within a day', async () => {
    const { staged, asked } = await deployed(always(null));
    emit(staged);
    await staged.seconds(25 * 3600);
    expect(asked).toHaveLength(186);
    expect(dead(staged)).toMatchObject([{ RETRY_ATTEMPTS: '185' }]);
  });

  test('Retry-After puts the next attempt off', async () => {
    let count = 0;
    const { staged, asked } = await deployed(() =>
      count++ === 0 ? { status: 429, retryAfter: 120 } : { status: 204 },
    );
    emit(staged);
    await staged.seconds(100);
    expect(asked).toHaveLength(1);
    await staged.seconds(60);
    expect(asked).toHaveLength(2);
  });
});

test('a role that may not invoke the destination sends nothing', async () => {
  const { staged, asked } = await deployed(always({ status: 204 }), { statements: [] });
  emit(staged);
  await staged.seconds(5);
  expect(asked).toEqual([]);
  expect(dead(staged)).toMatchObject([{ ERROR_CODE: 'NO_PERMISSIONS' }]);
});

test('requests above the rate come later', async () => {
  const { staged, asked } = await deployed(always({ status: 204 }), { rate: 1 });
  emit(staged);
  emit(staged);
  await staged.seconds(60);
  expect(asked).toHaveLength(2);
  expect(dead(staged)).toEqual([]);
});

test('an endpoint with path parameters is refused before anything runs', async () => {
  const resources = {
    hook: {
      Type: 'AWS::Events::ApiDestination',
      Properties: { ConnectionArn: 'c', InvocationEndpoint: 'https://a.example.com/*', HttpMethod: 'POST' },
    },
  };
  await expect(deploy(resources, {})).rejects.toThrow(/\* is not modelled/);
});
