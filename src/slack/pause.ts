import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { keepUntil } from '../ledger/keep.ts';
import { readItem } from '../ledger/read.ts';
import { writeIf } from '../ledger/write.ts';
import type { Instant } from '../rollback/request.ts';

/**
 * While Slack has asked us to wait, nobody asks it for more: who calls on in spite of it may be cut off for good.
 * https://docs.slack.dev/apis/web-api/rate-limits
 * Actions used: dynamodb:UpdateItem, dynamodb:GetItem.
 */
export interface Pause {
  isOn(now: Instant): Promise<boolean>;
  /** A pause that lasts longer already stays as it is. */
  begin(until: Instant): Promise<void>;
}

/** Beside the threads; no target is called so. */
const KEY = { target: 'slack', item: 'pause' };

export function createPause(client: DynamoDBDocumentClient, table: string): Pause {
  return {
    async isOn(now) {
      const item = await readItem(client, table, KEY);
      return item !== null && now < String(item['until']);
    },
    async begin(until) {
      const isLonger = 'attribute_not_exists(#until) OR #until < :until';
      const set = { until, ...keepUntil(until, 1) };
      await writeIf(client, table, { key: KEY, set, when: isLonger, values: { until } });
    },
  };
}
