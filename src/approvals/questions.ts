import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AskedAbout } from '../ledger/claims.ts';
import { readItem } from '../ledger/read.ts';
import { isAutomatic, type Instant, type Request } from '../rollback/request.ts';

/** A question that waits for its answer. */
export interface Question {
  /** Whoever holds it can answer: it is never logged and never leaves the function that reads it. */
  readonly token: string;
  readonly answerBy: Instant;
  /** Who asked for the rollback, as they are known where they asked; null when no person and no tool did. */
  readonly askedBy: string | null;
  readonly about: AskedAbout;
}

/** Reads open questions from the records of rollbacks, and can write nothing. Action used: dynamodb:GetItem. */
export interface Questions {
  /** Null: the rollback is not there, has been answered or is over. */
  of(target: string, execution: string): Promise<Question | null>;
}

export function createQuestions(client: DynamoDBDocumentClient, table: string): Questions {
  return {
    async of(target, execution) {
      const item = await readItem(client, table, { target, item: `rollback#${execution}` });
      if (item === null) return null;
      const { token, answerBy, about, request } = item;
      if (typeof token !== 'string' || typeof answerBy !== 'string' || about === undefined) return null;
      return { token, answerBy, askedBy: whoAsked(request as Request), about: about as AskedAbout };
    },
  };
}

function whoAsked(request: Request): string | null {
  if (isAutomatic(request)) return null;
  return request.trigger?.type === 'request' ? request.trigger.by : null;
}
