import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { partitionKeysOf, tableAccesses } from '../../wire/dynamodb.ts';
import { running, type Running } from './fakes.ts';

let tables: Server;
let url = '';
let on: Running | undefined;

beforeAll(async () => {
  tables = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => tables.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(tables.address() as AddressInfo).port}`;
});
afterAll(async () => new Promise((resolve) => tables.close(resolve)));
afterEach(async () => on?.wire.close());

const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/claims';
const writer = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:GetItem'], Resource: TABLE }],
};

describe('DynamoDB', () => {
  it('is authorised here and answered by dynalite', async () => {
    on = await running([], { dynamodb: url, roles: { guard: [writer] } });
    await new DynamoDBClient(on.client()).send(
      new CreateTableCommand({
        TableName: 'claims',
        KeySchema: [{ AttributeName: 'target', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'target', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    const guard = new DynamoDBClient(on.client('guard'));
    const Item = {
      target: { S: 'ecs:prod/checkout' },
      count: { N: '3' },
      bytes: { B: new Uint8Array([1, 2]) },
    };
    await guard.send(new PutItemCommand({ TableName: 'claims', Item }));
    const found = await guard.send(new GetItemCommand({ TableName: 'claims', Key: { target: Item.target } }));
    expect(found.Item).toEqual(Item);
    const conditional = guard.send(
      new PutItemCommand({ TableName: 'claims', Item, ConditionExpression: 'attribute_not_exists(target)' }),
    );
    await expect(conditional).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    const query = new QueryCommand({
      TableName: 'claims',
      KeyConditionExpression: 'target = :t',
      ExpressionAttributeValues: { ':t': Item.target },
    });
    await expect(guard.send(query)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`dynamodb:Query on resource: ${TABLE}`) as string,
    });
    expect(on.wire.calls.map(({ role, operation, allowed }) => [role, operation, allowed])).toEqual([
      ['operator', 'CreateTable', true],
      ['guard', 'PutItem', true],
      ['guard', 'GetItem', true],
      ['guard', 'PutItem', true],
      ['guard', 'Query', false],
    ]);
  });

  it('checks the partition keys that a policy names', async () => {
    const Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['alert#*'] } };
    const Action = ['dynamodb:UpdateItem', 'dynamodb:GetItem'];
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action,
          Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/firings',
          Condition,
        },
      ],
    };
    const input = {
      TableName: 'firings',
      KeySchema: [
        { AttributeName: 'item', KeyType: 'RANGE' as const },
        { AttributeName: 'target', KeyType: 'HASH' as const },
      ],
      AttributeDefinitions: ['target', 'item'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      BillingMode: 'PAY_PER_REQUEST' as const,
    };
    on = await running([], {
      dynamodb: url,
      roles: { hook: [policy] },
      partitionKeys: partitionKeysOf([input]),
    });
    await new DynamoDBClient(on.client()).send(
      new CreateTableCommand({ ...input, KeySchema: input.KeySchema.toReversed() }),
    );
    const hook = new DynamoDBClient(on.client('hook'));
    const get = (target: string, item = 'alert#1') =>
      hook.send(
        new GetItemCommand({ TableName: 'firings', Key: { target: { S: target }, item: { S: item } } }),
      );
    expect((await get('alert#1')).Item).toBeUndefined();
    await expect(get('ecs:prod/checkout')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('checks the partition key of a query', () => {
    const keys = new Map([['claims', 'target']]);
    const query = (KeyConditionExpression: string, more: object = {}) =>
      tableAccesses(
        'Query',
        {
          ...{ TableName: 'claims', KeyConditionExpression, ...more },
          ExpressionAttributeValues: { ':from': { S: 'a' }, ':t': { S: 'quota#elb read' } },
          ExpressionAttributeNames: { '#t': 'target' },
        },
        keys,
      )[0]?.conditions;
    const leading = { 'dynamodb:LeadingKeys': ['quota#elb read'] };
    expect(query('#t = :t AND #item >= :from')).toEqual(leading);
    expect(query('item = :from AND target = :t')).toEqual(leading);
    expect(query('target = :t', { IndexName: 'newest' })).toBeUndefined();
  });

  it('is not modelled without a dynalite', async () => {
    on = await running([]);
    const call = new DynamoDBClient(on.client()).send(new GetItemCommand({ TableName: 'claims', Key: {} }));
    await expect(call).rejects.toThrow('the embedded AWS does not model dynamodb:GetItem');
  });
});

describe('the IAM checks', () => {
  const table = (name: string) => `arn:aws:dynamodb:eu-west-1:111122223333:table/${name}`;

  it.each([
    [
      'Query',
      { TableName: 'claims', IndexName: 'open' },
      [['dynamodb:Query', `${table('claims')}/index/open`]],
    ],
    ['GetItem', { TableName: table('claims') }, [['dynamodb:GetItem', table('claims')]]],
    [
      'BatchGetItem',
      { RequestItems: { a: {}, b: {} } },
      [
        ['dynamodb:BatchGetItem', table('a')],
        ['dynamodb:BatchGetItem', table('b')],
      ],
    ],
    [
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName: 'a' } }, { ConditionCheck: { TableName: 'b' } }] },
      [
        ['dynamodb:PutItem', table('a')],
        ['dynamodb:ConditionCheckItem', table('b')],
      ],
    ],
    ['ListTables', {}, [['dynamodb:ListTables', '*']]],
  ])('%s', (operation, input, expected) => {
    expect(tableAccesses(operation, input).map(({ action, resource }) => [action, resource])).toEqual(
      expected,
    );
  });
});
