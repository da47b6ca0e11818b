import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Announced } from './announced.ts';
import { keepUntil } from './keep.ts';
import { readItem } from './read.ts';
import { writeIf } from './write.ts';

/** The key in the table of the claims. No target has this name. */
const KEY = { target: 'pause', item: 'announced' };

/** An announcement is renewed every hour. */
const KEPT_DAYS = 30;

const always = 'attribute_exists(#item) OR attribute_not_exists(#item)';

const Kept = z.object({ order: z.string(), since: z.string(), at: z.string() });

/** Actions used: dynamodb:GetItem, dynamodb:UpdateItem. */
export function createAnnounced(client: DynamoDBDocumentClient, table: string): Announced {
  return {
    async last() {
      const item = await readItem(client, table, KEY);
      return Kept.safeParse(item).data ?? null;
    },
    async keep({ order, since, at }) {
      const set = { order, since, at, ...keepUntil(at, KEPT_DAYS) };
      await writeIf(client, table, { key: KEY, set, when: always });
    },
    async end(at) {
      const set = { endedAt: at, ...keepUntil(at, KEPT_DAYS) };
      await writeIf(client, table, { key: KEY, set, remove: ['order', 'since', 'at'], when: always });
    },
  };
}
