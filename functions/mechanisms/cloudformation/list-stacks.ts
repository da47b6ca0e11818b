import {
  ListStacksCommand,
  type CloudFormationClient,
  type StackStatus,
} from '@aws-sdk/client-cloudformation';
import type { Instant } from '../../../src/rollback/request.ts';

/** A stack as the list of all shows it. */
export interface Listed {
  readonly name: string;
  readonly id: string;
  readonly status: string;
  readonly isNested: boolean;
  /** When it last began to change. */
  readonly changedAt: Instant;
}

/** All statuses of stacks with an update that may matter: not those that were deleted or never created. */
const STATUSES: StackStatus[] = [
  ...([
    'CREATE_COMPLETE',
    'UPDATE_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_COMPLETE',
  ] as const),
  ...(['UPDATE_FAILED', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED'] as const),
  ...([
    'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_ROLLBACK_COMPLETE',
    'IMPORT_COMPLETE',
  ] as const),
];

/** Lists the stacks of the account, and counts the calls. */
export async function listStacks(
  client: Pick<CloudFormationClient, 'send'>,
): Promise<{ readonly all: readonly Listed[]; readonly calls: number }> {
  const all: Listed[] = [];
  let calls = 0;
  let page: { NextToken?: string } = {};
  do {
    const input = { StackStatusFilter: STATUSES, ...page };
    const { StackSummaries = [], NextToken } = await client.send(new ListStacksCommand(input));
    calls += 1;
    for (const { StackName = '', StackId = '', StackStatus = '', RootId, ...one } of StackSummaries) {
      const changedAt = (one.LastUpdatedTime ?? one.CreationTime ?? new Date(0)).toISOString();
      const isNested = RootId !== undefined && RootId !== StackId;
      all.push({ name: StackName, id: StackId, status: StackStatus, isNested, changedAt });
    }
    page = NextToken === undefined ? {} : { NextToken };
  } while (page.NextToken !== undefined);
  return { all, calls };
}
