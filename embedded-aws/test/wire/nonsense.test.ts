import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsError, operation, running, service, type Running } from './fakes.ts';

let on: Running;
const ran = operation({});
const tables = {
  run: () => {
    throw awsError('ValidationException', 'The table name is missing');
  },
};
beforeAll(async () => {
  const services = [
    service('ecs', { UpdateService: ran }),
    service('elasticloadbalancing', { ModifyRule: ran }),
    service('monitoring', { PutMetricData: ran }),
    service('lambda', { CreateAlias: ran }),
  ];
  on = await running(services, { dynamodb: tables });
});
afterAll(async () => on.wire.close());

/** Each protocol's name for an operation that requires input. */
const DOORS = {
  json: {
    service: 'ecs',
    path: '/',
    headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.UpdateService' },
  },
  query: {
    service: 'elasticloadbalancing',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  },
  cbor: {
    service: 'monitoring',
    path: '/service/CloudWatch/operation/PutMetricData',
    headers: { 'smithy-protocol': 'rpc-v2-cbor' },
  },
  gzip: {
    service: 'ecs',
    path: '/',
    headers: {
      'x-amz-target': 'AmazonEC2ContainerServiceV20141113.UpdateService',
      'content-encoding': 'gzip',
    },
  },
  tables: {
    service: 'dynamodb',
    path: '/',
    headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' },
  },
  rest: { service: 'lambda', path: '/2015-03-31/functions/%zz/aliases?x=%ff', headers: {} },
} as const;

async function send(door: keyof typeof DOORS, body: Uint8Array): Promise<Response> {
  const { accessKeyId } = on.wire.credentials('operator');
  const { service: name, path, headers } = DOORS[door];
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261122/eu-west-1/${name}/aws4_request, SignedHeaders=host, Signature=0`;
  return fetch(on.wire.endpoint + path, {
    method: 'POST',
    headers: { authorization, ...headers },
    body: Buffer.from(body),
  });
}

describe.each(['json', 'query', 'cbor', 'gzip', 'tables', 'rest'] as const)('nonsense in %s', (door) => {
  it('is answered as the client’s mistake, and nothing runs', async () => {
    const text = fc
      .string({ unit: 'binary' })
      .map((value) => new TextEncoder().encode(`Action=ModifyRule&${value}`));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 64 }), text), async (body) => {
        ran.inputs.length = 0;
        const { status } = await send(door, body);
        expect(status).toBe(400);
        expect(ran.inputs).toEqual([]);
      }),
      // A CBOR null or a JSON null is no input either.
      { numRuns: 40, examples: [[Uint8Array.of(0xf6)], [new TextEncoder().encode('null')]] },
    );
  });
});

it('refuses a body larger than any that AWS takes, without reading it to the end', async () => {
  const { status, headers } = await send('json', new Uint8Array(70_167_211));
  expect([status, headers.get('x-amzn-errortype')]).toEqual([413, 'RequestEntityTooLargeException']);
});
