import { createHash } from 'node:crypto';
import { sinceOf, type Arriving } from '../rollback/storm/arrivals.ts';
import type { Key } from './write.ts';

/* The keys of storms in the claims' table. No target has these names, because a target has a colon. */

/** The first targets whose alarms turned within the last minutes. */
export const GATHERING: Key = { target: 'storm', item: 'now' };

/** The partition of all storms. */
export const STORMS = 'storms';

export function stormKey(id: string): Key {
  return { target: STORMS, item: id };
}

export function listKey(id: string, digest: string): Key {
  return { target: `storm#${id}`, item: `list#${digest}` };
}

/**
 * The members of a storm lie in so many partitions. Hundreds may arrive within a second, and DynamoDB takes 1,000 writes
 * a second of one partition.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
export const SHARDS = 8;

/** The members of a storm are kept as long as people may ask what became of them. */
export const MEMBER_DAYS = 30;

export function shardKey(id: string, shard: number): string {
  return `storm#${id}#${shard}`;
}

export function memberKey(id: string, target: string): Key {
  const [first = 0] = createHash('sha256').update(target).digest();
  return { target: shardKey(id, first % SHARDS), item: target };
}

/** Returns `20261122-021405-3fa94c1b`: people read when it began, and execution names accept it. */
export function idOf(first: readonly Arriving[]): string {
  const time = sinceOf({ first }).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return `${time}-${createHash('sha256').update(JSON.stringify(first)).digest('hex').slice(0, 8)}`;
}

/** The red alarms, as one member has read them for all. */
export function copyKey(id: string): Key {
  return { target: `storm#${id}`, item: 'red' };
}

export function copyChunkKey(id: string, edition: string, number: number): Key {
  return { target: `storm#${id}`, item: `red#${edition}#${number}` };
}
