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
 * What the partition keys of these items begin with, and those of no claim: the role of on-webhook, which listens to the
 * internet, may write no others (its function.yml).
 */
export const PARTITION = 'alert#';

/** How often others may write the item between our look and our write before we give up. */
const TRIES = 3;

/** Longer than the firings are asked for; DynamoDB deletes days late. */
const KEPT_DAYS = 2;

const isNew = 'attribute_not_exists(#version)';
const isAsSeen = '#version = :seen';

/** What is stored; the version counts the writes, because a condition on it is shorter than one on the list. */
const Seen = z.object({ fired: z.readonly(z.array(z.string())), version: z.number() });
type Seen = Readonly<z.infer<typeof Seen>>;

const NEVER_SEEN: Seen = { fired: [], version: 0 };

/** The firings, in the claims' table. Actions used: dynamodb:GetItem, dynamodb:UpdateItem. */
export function createFirings(client: DynamoDBDocumentClient, table: string): Firings {
  return {
    remember: async (alert, told, now) => {
      const at = sortable(told);
      const since = after(now, -REMEMBERED_HOURS * 3600);
      for (let tries = 0; tries < TRIES; tries++) {
        const item = await readItem(client, table, keyOf(alert));
        const seen = item === null ? NEVER_SEEN : Seen.parse(item);
        const fired = withOne(seen.fired, at, since);
        if (isSame(fired, seen.fired) || (await writeIf(client, table, asFired(alert, seen, fired, now))))
          return fired.filter((one) => isAfter(at, one));
      }
      throw new Unavailable(`what fired before changed ${TRIES} times while we tried to remember`);
    },
  };
}

function withOne(seen: readonly Instant[], at: Instant, since: Instant): readonly Instant[] {
  const all = [...new Set([...seen, at])].filter((one) => !isAfter(since, one));
  return all.sort().slice(-MAX_FIRINGS);
}

function isSame(one: readonly Instant[], other: readonly Instant[]): boolean {
  return one.join() === other.join();
}

function asFired(alert: Remembered, { version }: Seen, fired: readonly Instant[], now: Instant): Write {
  return {
    key: keyOf(alert),
    set: { fired, version: version + 1, ...keepUntil(now, KEPT_DAYS) },
    ...(version === 0 ? { when: isNew } : { when: isAsSeen, values: { seen: version } }),
  };
}

/** A hash, because what a tool calls its alert may be longer than a key. */
function keyOf({ by, alert, target }: Remembered): Key {
  const hash = createHash('sha256').update(alert).digest('hex').slice(0, 32);
  return { target: `${PARTITION}${by}#${hash}`, item: `fired#${target}` };
}
