import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MemoryTables } from '@lastgood/embedded-aws/runtime/tables/memory.ts';
import { attributeOutput, plainInput, type Command } from '@lastgood/embedded-aws/wire/direct.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';

const schemaOf = (TableName: string) => ({
  TableName,
  KeySchema: [
    { AttributeName: 'target', KeyType: 'HASH' },
    { AttributeName: 'item', KeyType: 'RANGE' },
  ],
});

/** Returns a client of tables in memory, which have no indexes. */
export function memoryTables(...names: readonly string[]): DynamoDBDocumentClient {
  const tables = new MemoryTables(names.map(schemaOf));
  const send = ({ input, schema, clientCommand }: Command): Promise<object> => {
    const operation = String((schema ?? clientCommand?.schema)?.[2]);
    try {
      if (clientCommand !== undefined) return Promise.resolve(tables.run(operation, input as never));
      return Promise.resolve(attributeOutput(tables.run(operation, plainInput(input))));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return Promise.reject(Object.assign(new Error(error.message), { name: error.code }));
    }
  };
  return Object.assign(Object.create(DynamoDBDocumentClient.prototype) as DynamoDBDocumentClient, { send });
}
