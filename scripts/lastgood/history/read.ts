import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { allRecords } from '../../../src/ledger/all-records.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import { createClaims, createLedger } from '../../../src/ledger/dynamodb.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Instant } from '../../../src/rollback/request.ts';

/** Past rollbacks, and the ledger's decisions. */
export interface History {
  /** Newest first. */
  readonly records: readonly RollbackRecord[];
  /** The ledger's entries of these targets. They name revisions. */
  readonly entries: readonly Entry[];
  /** Null: all targets. */
  readonly target: string | null;
}

/** Reads the rollbacks of a target, or of all, that began at or after an instant. */
export async function readHistory(
  tables: DynamoDBDocumentClient,
  stage: string,
  target: string | null,
  since: Instant,
): Promise<History> {
  const table = `lastgood-${stage}-claims`;
  const records =
    target === null
      ? await allRecords(tables, table, since)
      : await createClaims(tables, table).records(target, since);
  const targets = target === null ? new Set(records.map((record) => record.target)) : [target];
  const ledger = createLedger(tables, `lastgood-${stage}-ledger`);
  const entries: Entry[] = [];
  for (const one of targets) entries.push(...(await ledger.entries(one)));
  return { records, entries, target };
}
