import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { keepUntil } from './keep.ts';
import { readItem } from './read.ts';
import type { Round, Rounds } from './rounds.ts';
import { writeIf, type Key } from './write.ts';

/** The partition of the rounds of all kinds. No target has this name, because a target has a colon. */
export const ROUNDS = 'rounds';

/** After that, where a round was is of no use. */
const ROUND_DAYS = 1;

/** The rounds, in the ledger's table. Actions used: dynamodb:GetItem, dynamodb:UpdateItem. */
export function createRounds(client: DynamoDBDocumentClient, table: string): Rounds {
  return {
    of: async (kind) => {
      const item = await readItem(client, table, keyOf(kind));
      return item === null ? null : toRound(item as unknown as Round);
    },
    keep: async (kind, round) => {
      const { lastBegan, ...rest } = round;
      await writeIf(client, table, {
        key: keyOf(kind),
        set: { ...rest, ...(lastBegan !== undefined && { lastBegan }), ...keepUntil(round.at, ROUND_DAYS) },
        ...(lastBegan === undefined && { remove: ['lastBegan'] }),
        when: 'attribute_not_exists(#at) OR #at <= :at',
      });
    },
  };
}

function keyOf(kind: string): Key {
  return { target: ROUNDS, item: kind };
}

function toRound({
  at,
  after,
  began,
  lastBegan,
  units,
  members = '',
  unitsSince,
  due,
  recent,
}: Round): Round {
  const before = lastBegan === undefined ? {} : { lastBegan };
  return { at, after, began, ...before, units, members, unitsSince, due, recent };
}
