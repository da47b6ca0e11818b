import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import { record } from '../record.ts';

/** Bytes that one unit of DynamoDB reads or writes. */
const READ_BYTES = 4096;
const WRITE_BYTES = 1024;

/** A sparse index holds a part of the items. Every write is taken to change one, too. */
const INDEXES = 1;

const READS = ['GetItem', 'Query', 'Scan'];
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem'];

export function isWrite(operation: string): boolean {
  return WRITES.includes(operation);
}

/**
 * Returns the read units of a call to DynamoDB, from its plain input and answer: one for each 4 KB, half of it unless
 * the read is consistent, and as much where it finds nothing. A query adds up its items first; those that its filter
 * drops count as large as the others.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function readUnitsOf(
  { operation, input }: Pick<Call, 'operation' | 'input'>,
  output: unknown,
): number {
  if (!READS.includes(operation)) return 0;
  const { Item, Items = [], Count = 0, ScannedCount = 0 } = record(output);
  const found = bytesIn(Item ?? Items);
  const share = Number(Count) === 0 ? 1 : Math.max(1, Number(ScannedCount) / Number(Count));
  const units = Math.max(1, Math.ceil((found * share) / READ_BYTES));
  return record(input)['ConsistentRead'] === true ? units : units / 2;
}

/**
 * Returns the write units of so many writes: one for each KB of the item, and as many for its index. The size is the
 * average of all items, because an update names only a part of its item.
 */
export function writeUnitsOf(writes: number, items: readonly unknown[]): number {
  const average = items.reduce<number>((sum, item) => sum + bytesIn(item), 0) / Math.max(1, items.length);
  return writes * Math.max(1, Math.ceil(average / WRITE_BYTES)) * (1 + INDEXES);
}

/** Returns the approximate size of items in DynamoDB: the text of their names and values. */
export function bytesIn(item: unknown): number {
  return item === undefined ? 0 : Buffer.byteLength(JSON.stringify(item));
}
