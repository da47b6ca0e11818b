import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeServicesCommand,
  ECSClient,
  ListServicesCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { SFNClient, ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { operation, running, service, type Running } from './fakes.ts';

let on: Running | undefined;
afterEach(async () => on?.wire.close());

const ecs = () => service('ecs', { UpdateService: operation({}) });

/** Sends a request that no SDK would send. */
async function raw(target: string, body: string, headers: Record<string, string> = {}) {
  const { accessKeyId } = on!.wire.credentials('operator');
  const response = await fetch(on!.wire.endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261122/eu-west-1/ecs/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonEC2ContainerServiceV20141113.${target}`,
      ...headers,
    },
    body,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

describe('who calls', () => {
  it('must have an access key of the wire', async () => {
    on = await running([ecs(), service('elasticloadbalancing', {})]);
    const credentials = { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'x' };
    const json = new ECSClient({ ...on.client(), credentials }).send(
      new UpdateServiceCommand({ service: 'x' }),
    );
    await expect(json).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    const query = new ElasticLoadBalancingV2Client({ ...on.client(), credentials }).send(
      new DescribeRulesCommand({}),
    );
    await expect(query).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      $metadata: { httpStatusCode: 403 },
    });
    expect(on.wire.calls[0]).toMatchObject({
      role: '',
      allowed: false,
      error: 'UnrecognizedClientException',
    });
  });

  it('must say so', async () => {
    on = await running([ecs()]);
    const { status, body } = await raw('UpdateService', '{"service":"x"}', { authorization: '' });
    expect({ status, body }).toEqual({
      status: 400,
      body: { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
    });
  });
});

describe('what is not modelled', () => {
  const message = /the embedded AWS does not model/;

  it.each([
    [
      'an operation in JSON',
      () => new ECSClient(on!.client()).send(new ListServicesCommand({})),
      'UnknownOperationException',
    ],
    [
      'an operation in query',
      () => new ElasticLoadBalancingV2Client(on!.client()).send(new DescribeRulesCommand({})),
      'InvalidAction',
    ],
    [
      'an operation in REST',
      () => new LambdaClient(on!.client()).send(new ListFunctionsCommand({})),
      'UnknownOperationException',
    ],
    [
      'a service',
      () => new SFNClient(on!.client()).send(new ListStateMachinesCommand({})),
      'UnknownOperationException',
    ],
  ])('is refused: %s', async (_, call, name) => {
    on = await running([ecs(), service('elasticloadbalancing', {}), service('lambda', {})]);
    const refused = expect.objectContaining({
      name,
      message: expect.stringMatching(message) as string,
    }) as unknown;
    await expect(call()).rejects.toEqual(refused);
  });

  it('is refused: an operation that AWS does not have, a target of another service', async () => {
    on = await running([ecs()]);
    expect(await raw('toString', '{}')).toMatchObject({
      status: 400,
      body: { __type: 'UnknownOperationException' },
    });
    expect(await raw('x', '{}', { 'x-amz-target': 'Other.UpdateService' })).toMatchObject({ status: 400 });
    expect(on.wire.calls.map(({ operation }) => operation)).toEqual(['toString', '']);
  });
});

describe('an input that does not fit the schema', () => {
  it.each([
    ['{', 'SerializationException', /not JSON/],
    ['[]', 'SerializationException', /not a structure/],
    ['{"service":7}', 'SerializationException', /service is not a string/],
    ['{"service":"x","desiredCount":"3"}', 'SerializationException', /desiredCount is not a number/],
    ['{"service":"x","loadBalancers":{}}', 'SerializationException', /loadBalancers is not a list/],
    [
      '{"service":"x","loadBalancers":[{"containerPort":true}]}',
      'SerializationException',
      /loadBalancers\[0\]\.containerPort/,
    ],
    ['{}', 'InvalidParameterException', /service/],
    ['{"service":null}', 'InvalidParameterException', /service/],
  ])('%s is refused', async (body, type, message) => {
    on = await running([ecs()]);
    const refused = expect.objectContaining({
      __type: type,
      message: expect.stringMatching(message) as string,
    }) as unknown;
    expect(await raw('UpdateService', body)).toMatchObject({ status: 400, body: refused });
    expect(on.wire.calls[0]).toMatchObject({ allowed: true, error: type });
  });

  it('is refused by each service in its own words', async () => {
    on = await running([service('elasticloadbalancing', { DescribeTargetHealth: operation({}) })]);
    const call = new ElasticLoadBalancingV2Client(on.client()).send(
      new DescribeTargetHealthCommand({ TargetGroupArn: undefined }),
    );
    await expect(call).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('may have unknown members', async () => {
    const update = operation({});
    on = await running([service('ecs', { UpdateService: update })]);
    await raw('UpdateService', '{"service":"x","__proto__":{"a":1},"constructor":1,"new":[]}');
    expect(update.inputs).toEqual([{ service: 'x' }]);
  });
});

describe('an answer that does not fit the schema', () => {
  it.each([
    [{ services: 'x' }, /output\.services: a list is due/],
    [{ services: [{ createdAt: '2026' }] }, /output\.services\[0\]\.createdAt: a timestamp is due/],
    [
      { services: [{ desiredCount: '3' }] },
      /desiredCount: a number is due, and the model gave the string "3"/,
    ],
    [{ service: [] }, /output\.service: DescribeServicesResponse has no such member/],
  ])('is a fault of the model, and told as one: %j', async (output, message) => {
    on = await running([service('ecs', { DescribeServices: operation(output) })]);
    const call = new ECSClient(on.client()).send(new DescribeServicesCommand({ services: [] }));
    await expect(call).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    expect(on.wire.calls[0]?.error).toMatch(message);
  });
});

it('dates its answers by the virtual clock', async () => {
  on = await running([ecs()]);
  const { headers } = await raw('UpdateService', '{"service":"x"}');
  expect(headers.get('date')).toBe('Sun, 22 Nov 2026 03:00:00 GMT');
  expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
});

it('returns the query code of an error in JSON too, when requested', async () => {
  const accesses = [{ action: 'cloudwatch:DescribeAlarms', resource: '*' }];
  on = await running([service('monitoring', { DescribeAlarms: operation({}, { accesses }) })]);
  const call = new CloudWatchClient(on.client('guard')).send(new DescribeAlarmsCommand({}));
  await expect(call).rejects.toMatchObject({ name: 'AccessDenied', Code: 'AccessDenied' });
  expect(on.wire.calls).toMatchObject([{ error: 'AccessDeniedException' }]);
});
