import {
  DeleteTableCommand,
  DescribeTableCommand,
  ResourceNotFoundException,
  UpdateTableCommand,
  waitUntilTableExists,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';

/** Tables that outlive the stack (src/ledger/tables.yml). */
export function ledgerTables(stage: string): readonly string[] {
  return [`lastgood-${stage}-ledger`, `lastgood-${stage}-claims`];
}

/** Returns which of the tables exist, and whether each is protected from deletion. */
async function existing(
  client: DynamoDBClient,
  stage: string,
): Promise<readonly { readonly name: string; readonly isProtected: boolean }[]> {
  const found = ledgerTables(stage).map(async (name) => {
    try {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
      return [{ name, isProtected: Table?.DeletionProtectionEnabled === true }];
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return [];
      throw error;
    }
  });
  return (await Promise.all(found)).flat();
}

/** Protects the tables from deletion, after a deployment succeeded. */
export async function protectLedger(client: DynamoDBClient, stage: string): Promise<void> {
  for (const { name, isProtected } of await existing(client, stage))
    if (!isProtected)
      await client.send(new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: true }));
}

/** Deletes the tables with all that Lastgood knows. @returns the names of the deleted tables */
export async function deleteLedger(client: DynamoDBClient, stage: string): Promise<readonly string[]> {
  const tables = await existing(client, stage);
  for (const { name, isProtected } of tables) {
    if (isProtected) {
      await client.send(new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: false }));
      // DynamoDB refuses to delete a table that it still updates.
      await waitUntilTableExists({ client, maxWaitTime: 120 }, { TableName: name });
    }
    await client.send(new DeleteTableCommand({ TableName: name }));
  }
  return tables.map(({ name }) => name);
}
