import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AskedAbout } from '../ledger/claims.ts';
import { readItem, type Item } from '../ledger/read.ts';
import type { Heard, Request } from '../rollback/request.ts';

/** An open question of the rollback that holds a target. */
export interface Waiting {
  /** The permission to answer. It is never logged and never leaves the function that reads it. */
  readonly token: string;
  readonly about: AskedAbout;
  readonly request: Request;
  readonly alsoTriggeredBy: readonly Heard[];
}

/** Reads open questions by target. Never writes. Action used: dynamodb:GetItem. */
export interface WaitingQuestions {
  /** Returns null if no rollback holds the target, or if that rollback has no open question. */
  at(target: string): Promise<Waiting | null>;
}

export function createWaiting(client: DynamoDBDocumentClient, table: string): WaitingQuestions {
  return {
    async at(target) {
      const claim = await readItem(client, table, { target, item: 'claim' });
      const holder = claim?.['holder'];
      if (typeof holder !== 'string') return null;
      const record = await readItem(client, table, { target, item: `rollback#${holder}` });
      return record === null ? null : waitingIn(record);
    },
  };
}

/**
 * Returns the open question of a record, or null. A question without a count is of an earlier version, whose workflow
 * does not know the answer `judge-again`.
 */
function waitingIn({ token, about, request, alsoTriggeredBy }: Item): Waiting | null {
  if (typeof token !== 'string' || (about as Partial<AskedAbout> | undefined)?.heard === undefined)
    return null;
  return {
    token,
    about: about as AskedAbout,
    request: request as Request,
    alsoTriggeredBy: alsoTriggeredBy as readonly Heard[],
  };
}
