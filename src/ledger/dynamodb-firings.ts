import { createHash } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { Unavailable } from '../rollback/errors.ts';
import type { Instant } from '../rollback/request.ts';
import { after, isAfter } from '../rollback/time.ts';
import { MAX_FIRINGS, REMEMBERED_HOURS, type Firings, type Remembered } from './firings.ts';
import { keepUntil, sortable } from './keep.ts';
import { readItem } from './read.ts';
import { writeIf, type Key, type Write } from './write.ts';

/**
 * The prefix of these items' partition keys. No claim has it. The role of on-webhook, which is open to the internet,
 * may write no other keys (its function.yml).
 */
export const PARTITION = 'alert#';

/** How often another invocation may write the item between the read and the write of one call. */
const MAX_TRIES = 3;

/** Longer than REMEMBERED_HOURS. DynamoDB deletes days late. */
const KEPT_DAYS = 2;

const isNew = 'attribute_not_exists(#version)';
const isUnchanged = '#version = :read';

/** The stored item. The version counts the writes, because a condition on it is shorter than one on the list. */
const Stored = z.object({ fired: z.readonly(z.array(z.string())), version: z.number() });
type Stored = Readonly<z.infer<typeof Stored>>;

const NONE: Stored = { fired: [], version: 0 };

/** The firings, in the claims' table. Actions used: dynamodb:GetItem, dynamodb:UpdateItem. */
export function createFirings(client: DynamoDBDocumentClient, table: string): Firings {
  return {
    remember: async (alert, firedAt, now) => {
      const at = sortable(firedAt);
      const since = after(now, -REMEMBERED_HOURS * 3600);
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const item = await readItem(client, table, keyOf(alert));
        const stored = item === null ? NONE : Stored.parse(item);
        const fired = withOne(stored.fired, at, since);
        if (isSame(fired, stored.fired) || (await writeIf(client, table, asFired(alert, stored, fired, now))))
          return fired.filter((one) => isAfter(at, one));
      }
      throw new Unavailable(`the alert's firings changed ${MAX_TRIES} times during one try`);
    },
  };
}

function withOne(stored: readonly Instant[], at: Instant, since: Instant): readonly Instant[] {
  const all = [...new Set([...stored, at])].filter((one) => !isAfter(since, one));
  return all.sort().slice(-MAX_FIRINGS);
}

function isSame(one: readonly Instant[], other: readonly Instant[]): boolean {
  return one.join() === other.join();
}

function asFired(alert: Remembered, { version }: Stored, fired: readonly Instant[], now: Instant): Write {
  return {
    key: keyOf(alert),
    set: { fired, version: version + 1, ...keepUntil(now, KEPT_DAYS) },
    ...(version === 0 ? { when: isNew } : { when: isUnchanged, values: { read: version } }),
  };
}

/** Returns a key with a hash, because a tool's name for its alert may be longer than a key. */
function keyOf({ by, alert, target }: Remembered): Key {
  const hash = createHash('sha256').update(alert).digest('hex').slice(0, 32);
  return { target: `${PARTITION}${by}#${hash}`, item: `fired#${target}` };
}
