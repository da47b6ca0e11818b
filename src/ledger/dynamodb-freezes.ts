import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isAfter } from '../rollback/time.ts';
import { Freeze, type Freezes } from './freezes.ts';
import { keepUntil, sortable } from './keep.ts';
import { readItem, type Item } from './read.ts';
import { writeIf, type Key, type Write } from './write.ts';

/** How long an ended freeze is kept. */
const ENDED_DAYS = 30;

const isNewest =
  '(attribute_not_exists(#at) OR #at <= :at) AND (attribute_not_exists(#endedAt) OR #endedAt < :at)';
const isHeld = 'attribute_exists(#by) AND #at <= :endedAt';
/** A retry of the same unfreeze succeeds. */
const isRepeated = '#endedBy = :endedBy AND #endedAt = :endedAt';

/** The freezes, in the ledger's table. Actions used: dynamodb:UpdateItem to write, dynamodb:GetItem to read. */
export function createFreezes(client: DynamoDBDocumentClient, table: string): Freezes {
  return {
    freeze: async (freeze) => {
      await writeIf(client, table, asFrozen(freeze));
    },
    unfreeze: (target, by, at) => writeIf(client, table, asUnfrozen(target, by, sortable(at))),
    of: async (target, now) => {
      const item = await readItem(client, table, freezeKey(target));
      const freeze = item === null ? null : toFreeze(item);
      return freeze === null || isOver(freeze, now) ? null : freeze;
    },
  };
}

function freezeKey(target: string): Key {
  return { target, item: 'freeze' };
}

/** Returns the write that freezes a target. A freeze without an end must never expire. */
function asFrozen({ target, reason, by, at, until }: Freeze): Write {
  const ends = until === undefined ? {} : { until: sortable(until), ...keepUntil(until, ENDED_DAYS) };
  return {
    key: freezeKey(target),
    set: { reason, by, at: sortable(at), ...ends },
    remove: ['endedBy', 'endedAt', ...(until === undefined ? ['until', 'expiresAtEpoch'] : [])],
    when: isNewest,
  };
}

/**
 * Returns the write that ends a freeze. Keeps who ended it and when, so that a late, older freeze does not come back.
 */
function asUnfrozen(target: string, endedBy: string, endedAt: string): Write {
  return {
    key: freezeKey(target),
    set: { endedBy, endedAt, ...keepUntil(endedAt, ENDED_DAYS) },
    remove: ['reason', 'by', 'at', 'until'],
    when: `(${isHeld}) OR (${isRepeated})`,
  };
}

/** Null: it was ended. */
function toFreeze(item: Item): Freeze | null {
  return item['by'] === undefined ? null : Freeze.parse(item);
}

/** Says whether a freeze is over, because DynamoDB deletes expired items days late. */
function isOver({ until }: Freeze, now: string): boolean {
  return until !== undefined && !isAfter(until, now);
}
