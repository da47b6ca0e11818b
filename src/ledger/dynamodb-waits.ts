import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { isAfter } from '../rollback/time.ts';
import { keepUntil, sortable } from './keep.ts';
import { readItem } from './read.ts';
import type { Waits } from './waits.ts';
import { writeIf, type Key } from './write.ts';

/**
 * The prefix of these items' partition keys. No claim has it. The role of on-deployment, which may complete tasks, may
 * read no other keys (its function.yml), and so no token of a question.
 */
export const PARTITION = 'await#';

const isNewest = 'attribute_not_exists(#until) OR #until <= :until';

/** DynamoDB deletes days late. */
const KEPT_DAYS = 1;

const Stored = z.object({ token: z.string(), until: z.string() });

/** The waits, in the claims' table. Actions used: dynamodb:UpdateItem to begin one, dynamodb:GetItem to read one. */
export function createWaits(client: DynamoDBDocumentClient, table: string): Waits {
  return {
    begin: async (awaits, token, until) => {
      const set = { token, until: sortable(until), ...keepUntil(until, KEPT_DAYS) };
      await writeIf(client, table, { key: keyOf(awaits), set, when: isNewest });
    },
    tokenOf: async (awaits, now) => {
      const stored = Stored.safeParse(await readItem(client, table, keyOf(awaits))).data;
      return stored !== undefined && isAfter(stored.until, now) ? stored.token : null;
    },
  };
}

function keyOf(awaits: string): Key {
  return { target: `${PARTITION}${awaits}`, item: 'wait' };
}
