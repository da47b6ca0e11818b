import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { AskedAbout } from '../ledger/claims.ts';
import { readItem, type Item } from '../ledger/read.ts';
import { asItCame } from '../rollback/as-it-came.ts';
import type { Heard, Request } from '../rollback/request.ts';

/** An open question of the rollback that holds a target. */
const Waiting = z.object({
  /** The right to answer: it is never logged and never leaves the function that reads it. */
  token: z.string(),
  about: asItCame<AskedAbout>('heard'),
  request: asItCame<Request>('target'),
  alsoTriggeredBy: z.readonly(z.array(asItCame<Heard>('target'))),
});
export type Waiting = Readonly<z.infer<typeof Waiting>>;

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

/** Null: no question is open. Without a count it is of an earlier version, whose workflow does not know the answer. */
function waitingIn(record: Item): Waiting | null {
  return Waiting.safeParse(record).data ?? null;
}
