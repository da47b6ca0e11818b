import { request } from 'node:http';
import { arn } from '../world/aws.ts';
import type { Access } from '../world/service.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';

/**
 * What IAM asks before an operation of DynamoDB: the operation on each table it names, or on the index it queries. A
 * transaction is authorised item by item, as what each item does.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function tableAccesses(
  operation: string,
  input: Readonly<Record<string, unknown>>,
): readonly Access[] {
  if (operation === 'TransactWriteItems') return transactionAccesses(input, WRITES);
  if (operation === 'TransactGetItems') return transactionAccesses(input, { Get: 'GetItem' });
  const requested = input['RequestItems'];
  if (isRecord(requested)) return Object.keys(requested).map((table) => access(operation, tableArn(table)));
  const table = input['TableName'];
  if (typeof table !== 'string') return [access(operation, '*')];
  const index = input['IndexName'];
  return [access(operation, tableArn(table) + (typeof index === 'string' ? `/index/${index}` : ''))];
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

/** Calls may name a table by its ARN. */
function tableArn(table: string): string {
  return table.startsWith('arn:') ? table : arn('dynamodb', `table/${table}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const PASSED_ON = ['x-amz-target', 'content-type', 'authorization', 'x-amz-date'];
const PASSED_BACK = ['content-type', 'x-amz-crc32', 'x-amzn-requestid'];

type HeaderTexts = Readonly<Record<string, string | string[] | undefined>>;

/** Sends a call on to dynalite as it came, and its answer back as it is. */
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
