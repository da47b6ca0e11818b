import { request } from 'node:http';
import { arn } from '../world/aws.ts';
import type { Access, Bucket } from '../world/service.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';

/**
 * Returns the IAM checks before a DynamoDB operation: the operation on each table, or on the index that it queries. A
 * transaction is authorised item by item, as each item's operation.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 * @param partitionKeys names of the tables' partition keys, by which conditions on single items are decided
 */
export function tableAccesses(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  partitionKeys: PartitionKeys = new Map(),
): readonly Access[] {
  if (operation === 'TransactWriteItems') return transactionAccesses(input, WRITES);
  if (operation === 'TransactGetItems') return transactionAccesses(input, { Get: 'GetItem' });
  const requested = input['RequestItems'];
  if (isRecord(requested)) return Object.keys(requested).map((table) => access(operation, tableArn(table)));
  const table = input['TableName'];
  if (typeof table !== 'string') return [access(operation, '*')];
  const index = input['IndexName'];
  const resource = tableArn(table) + (typeof index === 'string' ? `/index/${index}` : '');
  const leading = leadingKey(input, partitionKeys.get(table));
  return [
    leading === null
      ? access(operation, resource)
      : { ...access(operation, resource), conditions: { 'dynamodb:LeadingKeys': [leading] } },
  ];
}

const READS = new Set(['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query', 'Scan']);

/**
 * Returns the rate limit of an operation on items: what a new on-demand table takes at once. Unknown: dynamodb-rates.
 * Every request counts as one unit here, whatever its size, and requests over several tables share a limit of their
 * own. A hot partition is not modelled.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html
 */
export function tableBucket(operation: string, { TableName }: Readonly<Record<string, unknown>>): Bucket {
  const of = typeof TableName === 'string' ? TableName : 'several tables';
  const error = 'ProvisionedThroughputExceededException';
  return READS.has(operation)
    ? { name: `reads of ${of}`, burst: 12_000, perSecond: 12_000, error }
    : { name: `writes to ${of}`, burst: 4_000, perSecond: 4_000, error };
}

/** The tables' partition keys, by table name. */
export type PartitionKeys = ReadonlyMap<string, string>;

/** Returns the partition keys in inputs of CreateTable. */
export function partitionKeysOf(tables: readonly Readonly<Record<string, unknown>>[]): PartitionKeys {
  return new Map(
    tables.flatMap(({ TableName, KeySchema }) => {
      const keys: readonly unknown[] = Array.isArray(KeySchema) ? KeySchema : [];
      const hash = keys.filter(isRecord).find(({ KeyType }) => KeyType === 'HASH')?.['AttributeName'];
      return typeof hash === 'string' ? [[String(TableName), hash]] : [];
    }),
  );
}

/**
 * Returns the partition key's value for an operation on one item, or for a query of the table. Queries of indexes and
 * batches have none here, so a condition on them is not decided as AWS would.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
function leadingKey(input: Readonly<Record<string, unknown>>, name: string | undefined): string | null {
  const item = input['Key'] ?? input['Item'];
  const value = isRecord(item) && name !== undefined ? item[name] : queriedKey(input, name);
  return isRecord(value) ? String(Object.values(value)[0]) : null;
}

/** Returns the value that a query of the table compares the partition key with. */
function queriedKey(input: Readonly<Record<string, unknown>>, name: string | undefined): unknown {
  const { KeyConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues, IndexName } = input;
  if (typeof KeyConditionExpression !== 'string' || IndexName !== undefined) return undefined;
  const names = isRecord(ExpressionAttributeNames) ? ExpressionAttributeNames : {};
  const values = isRecord(ExpressionAttributeValues) ? ExpressionAttributeValues : {};
  const compared = [...KeyConditionExpression.matchAll(/(#?\w+)\s*=\s*(:\w+)/g)];
  const [, , value = ''] = compared.find(([, key = '']) => (names[key] ?? key) === name) ?? [];
  return values[value];
}

const WRITES: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

function transactionAccesses(
  input: Readonly<Record<string, unknown>>,
  verbs: Readonly<Record<string, string>>,
): Access[] {
  const items: readonly unknown[] = Array.isArray(input['TransactItems']) ? input['TransactItems'] : [];
  return items.flatMap((item) =>
    Object.entries(isRecord(item) ? item : {}).map(([verb, what]) =>
      access(verbs[verb] ?? verb, tableArn(isRecord(what) ? String(what['TableName']) : '*')),
    ),
  );
}

function access(operation: string, resource: string): Access {
  return { action: `dynamodb:${operation}`, resource };
}

/** Returns a table's ARN. Calls may name a table by it. */
function tableArn(table: string): string {
  return table.startsWith('arn:') ? table : arn('dynamodb', `table/${table}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const PASSED_ON = ['x-amz-target', 'content-type', 'authorization', 'x-amz-date'];
const PASSED_BACK = ['content-type', 'x-amz-crc32', 'x-amzn-requestid'];

type HeaderTexts = Readonly<Record<string, string | string[] | undefined>>;

/** Answers an authorised request. */
export type DynamoDb = (request: HttpRequest) => Promise<HttpAnswer>;

/** Forwards a call to dynalite unchanged, and returns its answer unchanged. */
export async function forward(sent: HttpRequest, url: string): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const onward = request(
      url,
      { method: sent.method, path: sent.path, headers: only(sent.headers, PASSED_ON) },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 500,
            headers: only(answer.headers, PASSED_BACK),
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    onward.on('error', reject);
    onward.end(sent.body);
  });
}

function only(headers: HeaderTexts, names: readonly string[]): Record<string, string> {
  const present = names
    .map((name) => [name, headers[name]] as const)
    .filter(([, text]) => text !== undefined);
  return Object.fromEntries(present.map(([name, text]) => [name, String(text)]));
}
