import { DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { deleteLedger, protectLedger } from '../../../scripts/deploy/ledger.ts';
import { asAws } from './as-aws.ts';

/** Tables by name, and whether each is protected. */
function dynamodb(tables: Readonly<Record<string, boolean>>) {
  const { send, calls } = asAws({
    DescribeTable: ({ TableName }: { TableName: string }) => {
      const isProtected = tables[TableName];
      if (isProtected === undefined) throw new ResourceNotFoundException({ message: 'no', $metadata: {} });
      return { Table: { TableStatus: 'ACTIVE', DeletionProtectionEnabled: isProtected } };
    },
    UpdateTable: () => ({}),
    DeleteTable: () => ({}),
  });
  const client = new DynamoDBClient({ region: 'eu-west-1' });
  client.send = send;
  return { client, calls };
}

const writes = (calls: readonly (readonly [string, object])[]) =>
  calls.filter(([name]) => name !== 'DescribeTable');
const both = (isProtected: boolean) => ({
  'lastgood-prod-ledger': isProtected,
  'lastgood-prod-claims': isProtected,
});

describe('the tables of the ledger', () => {
  it('are protected once', async () => {
    const { client, calls } = dynamodb(both(false));
    await protectLedger(client, 'prod');
    expect(writes(calls)).toEqual([
      ['UpdateTable', { TableName: 'lastgood-prod-ledger', DeletionProtectionEnabled: true }],
      ['UpdateTable', { TableName: 'lastgood-prod-claims', DeletionProtectionEnabled: true }],
    ]);
    const again = dynamodb(both(true));
    await protectLedger(again.client, 'prod');
    expect(writes(again.calls)).toEqual([]);
  });

  it('lose their protection before they are deleted', async () => {
    const { client, calls } = dynamodb(both(true));
    expect(await deleteLedger(client, 'prod')).toEqual(['lastgood-prod-ledger', 'lastgood-prod-claims']);
    expect(writes(calls).slice(0, 2)).toEqual([
      ['UpdateTable', { TableName: 'lastgood-prod-ledger', DeletionProtectionEnabled: false }],
      ['DeleteTable', { TableName: 'lastgood-prod-ledger' }],
    ]);
    expect(writes(calls)).toHaveLength(4);
  });

  it('are deleted where only one is left', async () => {
    const { client, calls } = dynamodb({ 'lastgood-prod-claims': false });
    expect(await deleteLedger(client, 'prod')).toEqual(['lastgood-prod-claims']);
    expect(writes(calls)).toEqual([['DeleteTable', { TableName: 'lastgood-prod-claims' }]]);
  });
});
