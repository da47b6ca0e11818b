import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';

/** A local DynamoDB on 127.0.0.1, with the tables of src/ledger/tables.yml and src/slack/slack.yml. */
export interface Tables {
  readonly client: DynamoDBDocumentClient;
  readonly raw: DynamoDBClient;
  /** Creates an empty table and returns its name. */
  ledgerTable(): Promise<string>;
  claimsTable(): Promise<string>;
  slackTable(): Promise<string>;
  close(): Promise<void>;
}

export async function startTables(): Promise<Tables> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const raw = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  let tables = 0;
  const create = async (schema: Omit<CreateTableCommandInput, 'TableName'>) => {
    const name = `table-${++tables}`;
    await raw.send(new CreateTableCommand({ ...schema, TableName: name }));
    let status: string | undefined;
    do status = (await raw.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus;
    while (status !== 'ACTIVE');
    return name;
  };
  return {
    client: DynamoDBDocumentClient.from(raw),
    raw,
    ledgerTable: () => create(LEDGER),
    claimsTable: () => create(CLAIMS),
    slackTable: () => create(SLACK),
    close: async () => {
      raw.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' }) as const;
const keys = (hash: string, range: string) =>
  [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ] as const;
const index = (name: string, hash: string, range: string) => ({
  IndexName: name,
  KeySchema: [...keys(hash, range)],
  Projection: { ProjectionType: 'ALL' } as const,
});

const LEDGER: Omit<CreateTableCommandInput, 'TableName'> = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['target', 'item', 'soaking', 'soakUntil'].map(text),
  KeySchema: [...keys('target', 'item')],
  GlobalSecondaryIndexes: [index('soaking', 'soaking', 'soakUntil')],
};

const CLAIMS: Omit<CreateTableCommandInput, 'TableName'> = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['target', 'item', 'running', 'startedAt'].map(text),
  KeySchema: [...keys('target', 'item')],
  LocalSecondaryIndexes: [index('newest', 'target', 'startedAt')],
  GlobalSecondaryIndexes: [index('running', 'running', 'startedAt')],
};

const SLACK: Omit<CreateTableCommandInput, 'TableName'> = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['target', 'item', 'behind', 'behindSince'].map(text),
  KeySchema: [...keys('target', 'item')],
  GlobalSecondaryIndexes: [
    { ...index('behind', 'behind', 'behindSince'), Projection: { ProjectionType: 'KEYS_ONLY' } },
  ],
};
