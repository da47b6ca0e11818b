import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../rollback/request.ts';
import { after, isAfter } from '../rollback/time.ts';
import { keepUntil, sortable } from './keep.ts';
import { readItem } from './read.ts';
import { copyChunkKey, copyKey } from './storm-keys.ts';
import { writeIf } from './write.ts';

/** A copy is shared for so long. After that it says nothing about the present. */
export const FRESH_SECONDS = 20;

/** How long one execution may take to read. Longer than any read of a Lambda that answers. */
const LEASE_SECONDS = 20;

/** Characters of a chunk. An item of DynamoDB has at most 400 KB. */
const CHUNK_CHARACTERS = 300_000;

const KEPT_DAYS = 1;

/** What a storm has of a copy. */
export type Copy =
  /** No other member has to read. `edition` is the same for the same copy. */
  | { readonly is: 'fresh'; readonly edition: string; readonly read: () => Promise<string | null> }
  /** The caller reads, and puts what it has read, or releases the lease. */
  | {
      readonly is: 'mine';
      readonly put: (text: string) => Promise<void>;
      readonly release: () => Promise<void>;
    }
  /** Another execution reads. */
  | { readonly is: 'awaited' };

/** Copies of what all members of a storm need and one of them has read. */
export interface Copies {
  take(storm: string, now: Instant): Promise<Copy>;
}

interface Head {
  readonly at?: Instant;
  readonly chunks?: number;
}

/** The copies in the claims' table. Actions used: dynamodb:GetItem, dynamodb:UpdateItem. */
export function createCopies(client: DynamoDBDocumentClient, table: string): Copies {
  return {
    async take(storm, now) {
      const key = copyKey(storm);
      const { at, chunks = 0 } = ((await readItem(client, table, key)) as Head | null) ?? {};
      if (at !== undefined && isAfter(after(at, FRESH_SECONDS), now))
        return {
          is: 'fresh',
          edition: `${storm} ${at}`,
          read: () => readChunks(client, table, storm, at, chunks),
        };
      const leasedUntil = after(now, LEASE_SECONDS);
      const isFree = 'attribute_not_exists(#leasedUntil) OR #leasedUntil < :now';
      const isUnchanged = at === undefined ? 'attribute_not_exists(#at)' : '#at = :seen';
      const lease = {
        key,
        set: { leasedUntil, ...keepUntil(now, KEPT_DAYS) },
        when: `(${isFree}) AND ${isUnchanged}`,
        values: { now: sortable(now), ...(at !== undefined && { seen: at }) },
      };
      if (!(await writeIf(client, table, lease))) return { is: 'awaited' };
      const isMine = { when: '#leasedUntil = :lease', values: { lease: leasedUntil } };
      return {
        is: 'mine',
        put: async (text) => {
          const taken = sortable(now);
          const parts = chunksOf(text);
          await Promise.all(
            parts.map((part, number) => writeChunk(client, table, storm, taken, number, part)),
          );
          const set = { at: taken, chunks: parts.length };
          await writeIf(client, table, { key, set, remove: ['leasedUntil'], ...isMine });
        },
        release: async () => {
          await writeIf(client, table, { key, remove: ['leasedUntil'], ...isMine });
        },
      };
    },
  };
}

function chunksOf(text: string): readonly string[] {
  const count = Math.max(1, Math.ceil(text.length / CHUNK_CHARACTERS));
  return Array.from({ length: count }, (_, number) =>
    text.slice(number * CHUNK_CHARACTERS, (number + 1) * CHUNK_CHARACTERS),
  );
}

/** Each copy has chunks of its own, so that no reader puts those of two together. */
async function writeChunk(
  client: DynamoDBDocumentClient,
  table: string,
  storm: string,
  at: Instant,
  number: number,
  part: string,
): Promise<void> {
  const key = copyChunkKey(storm, at, number);
  await writeIf(client, table, {
    key,
    set: { part, ...keepUntil(at, KEPT_DAYS) },
    when: 'attribute_exists(#part) OR attribute_not_exists(#part)',
  });
}

/** Returns null if a chunk is missing. */
async function readChunks(
  client: DynamoDBDocumentClient,
  table: string,
  storm: string,
  at: Instant,
  chunks: number,
): Promise<string | null> {
  const items = await Promise.all(
    Array.from({ length: chunks }, (_, number) => readItem(client, table, copyChunkKey(storm, at, number))),
  );
  const parts = items.map((item) => item?.['part']);
  return parts.every((part) => typeof part === 'string') ? parts.join('') : null;
}
