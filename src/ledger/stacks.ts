import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { keepUntil, sortable } from './keep.ts';
import { writeIf } from './write.ts';

/** The last known status of a CloudFormation stack, and when it was reached. */
export const StackStatus = z.object({ status: z.string(), at: z.string() });
export type StackStatus = Readonly<z.infer<typeof StackStatus>>;

/** The statuses of all stacks of the account, from their events. A stack without an event since Lastgood came has none. */
export interface Stacks {
  /** Keeps a status, unless a later one is known: events come late and in any order. */
  keep(stack: string, status: StackStatus): Promise<void>;
  of(stack: string): Promise<StackStatus | null>;
}

/** The partition of all stacks. No target has this name, because a target has a colon. */
const PARTITION = 'stacks';

/** Longer than an update lasts: each of its waits ends within hours. */
const STATUS_DAYS = 7;

/** The stacks, in the ledger's table. Actions used: dynamodb:UpdateItem to keep, dynamodb:GetItem to read. */
export function createStacks(client: DynamoDBDocumentClient, table: string): Stacks {
  const keyOf = (stack: string) => ({ target: PARTITION, item: stack });
  return {
    keep: async (stack, { status, at }) => {
      await writeIf(client, table, {
        key: keyOf(stack),
        set: { status, at: sortable(at), ...keepUntil(at, STATUS_DAYS) },
        // Events have whole seconds. The end of an operation follows its beginning.
        when: `attribute_not_exists(#at) OR #at ${status.endsWith('_IN_PROGRESS') ? '<' : '<='} :at`,
      });
    },
    of: async (stack) => {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(stack) }));
      return Item === undefined ? null : StackStatus.parse(Item);
    },
  };
}
