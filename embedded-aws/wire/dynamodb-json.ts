import { AwsError } from '../world/service.ts';
import { attributeOutput, plainInput, type PlainTables } from './direct.ts';
import type { DynamoDb } from './dynamodb.ts';
import { parseObject } from './protocols/json-body.ts';

const TYPE = { 'content-type': 'application/x-amz-json-1.0' };

/** Serves tables in process in JSON 1.0. The exchange writes their errors. */
export function overHttp(tables: PlainTables): DynamoDb {
  return ({ headers, body }) => {
    const operation = (headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    try {
      const output = tables.run(operation, plainInput(parseObject(body)));
      return Promise.resolve({ status: 200, headers: TYPE, body: JSON.stringify(attributeOutput(output)) });
    } catch (error) {
      return Promise.reject(error instanceof AwsError ? error : new Error(String(error), { cause: error }));
    }
  };
}
