import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AskedAbout } from '../ledger/claims.ts';
import { readItem, type Item } from '../ledger/read.ts';
import type { Heard } from '../rollback/heard.ts';
import type { Request } from '../rollback/request.ts';

/** The question that the holder of a target waits with. */
export interface Waiting {
  /** Whoever holds it can answer: it is never logged and never leaves the function that reads it. */
  readonly token: string;
  readonly about: AskedAbout;
  readonly request: Request;
  readonly alsoTriggeredBy: readonly Heard[];
}

/** Reads what the holder of a target waits for, and can write nothing. Action used: dynamodb:GetItem. */
export interface WaitingQuestions {
  /** Null: the target is held by none, or its holder asks nothing that a trigger may interrupt. */
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

/** Null: no question is open. One of an earlier version has no count, and its workflow would not know the answer. */
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
