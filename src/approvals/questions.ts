import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { AskedAbout } from '../ledger/claims.ts';
import { readItem } from '../ledger/read.ts';
import { asItCame } from '../rollback/as-it-came.ts';
import { isAutomatic, type Instant, type Request } from '../rollback/request.ts';

/** A question that waits for its answer. */
export interface Question {
  /** The permission to answer. It is never logged and never leaves the function that reads it. */
  readonly token: string;
  readonly answerBy: Instant;
  /** The requester, as named by the tool where the request was made; null if no person and no tool requested it. */
  readonly askedBy: string | null;
  readonly about: AskedAbout;
}

/** The part of a record that asks. */
const Asking = z.object({
  token: z.string(),
  answerBy: z.string(),
  about: asItCame<AskedAbout>('plan'),
  request: asItCame<Request>('target'),
});

/** Reads open questions from the records of rollbacks, and can write nothing. Action used: dynamodb:GetItem. */
export interface Questions {
  /** Returns null if the rollback does not exist, was answered or is over. */
  of(target: string, execution: string): Promise<Question | null>;
}

export function createQuestions(client: DynamoDBDocumentClient, table: string): Questions {
  return {
    async of(target, execution) {
      const item = await readItem(client, table, { target, item: `rollback#${execution}` });
      if (item === null) return null;
      const read = Asking.safeParse(item);
      if (!read.success) return null;
      const { request, ...question } = read.data;
      return { ...question, askedBy: whoAsked(request) };
    },
  };
}

function whoAsked(request: Request): string | null {
  if (isAutomatic(request)) return null;
  return request.trigger?.type === 'request' ? request.trigger.by : null;
}
