import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { keepUntil } from '../ledger/keep.ts';
import { readItem } from '../ledger/read.ts';
import { writeIf } from '../ledger/write.ts';
import type { Instant } from '../rollback/request.ts';

/**
 * The pause that Slack asked for. No function calls Slack until it is over: Slack may block an app that keeps calling.
 * https://docs.slack.dev/apis/web-api/rate-limits
 * Actions used: dynamodb:UpdateItem, dynamodb:GetItem.
 */
export interface Pause {
  isOn(now: Instant): Promise<boolean>;
  /** Begins a pause. Keeps a longer one that already runs. */
  begin(until: Instant): Promise<void>;
}

/** The key in the table of the threads. No target has this name. */
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
