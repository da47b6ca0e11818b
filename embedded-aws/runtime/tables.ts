import {
  CreateTableCommand,
  DynamoDBClient,
  ScanCommand,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { REGION } from '../world/aws.ts';
import { MemoryTables } from './tables/memory.ts';

export interface Tables {
  /** URL of a DynamoDB without permission checks, or its tables in memory. */
  readonly dynamodb: string | MemoryTables;
  /** Returns all items of all tables. */
  items(): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** Returns the stack's tables in memory. */
export function inMemory(tables: readonly Readonly<Record<string, unknown>>[]): Tables {
  const dynamodb = new MemoryTables(tables);
  return { dynamodb, items: () => Promise.resolve(dynamodb.items()), close: () => Promise.resolve() };
}

/**
 * Starts DynamoDB, by dynalite, on 127.0.0.1, with the stack's tables. It does not delete by time to live: an expired
 * item stays, as in AWS for days.
 * @param tables inputs of CreateTable
 */
export async function startTables(tables: readonly Readonly<Record<string, unknown>>[]): Promise<Tables> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  for (const table of tables)
    await client.send(new CreateTableCommand(table as unknown as CreateTableCommandInput));
  return {
    dynamodb: endpoint,
    items: async () => {
      const pages = tables.map(({ TableName }) =>
        client.send(new ScanCommand({ TableName: String(TableName) })),
      );
      return (await Promise.all(pages)).flatMap(({ Items = [] }) => Items);
    },
    close: async () => {
      client.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
