import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { keepUntil } from '../ledger/keep.ts';
import { readItem } from '../ledger/read.ts';
import { writeIf } from '../ledger/write.ts';
import type { Instant } from '../rollback/request.ts';
import { after, isAfter } from '../rollback/time.ts';

/** For so long after a pause the rate counts as reached: the schedule runs every minute. */
const CROWDED_SECONDS = 60;

/** How Slack may be called. */
export interface Rate {
  /** End of a pause that Slack asked for. Absent: Slack may be called now. */
  readonly pausedUntil?: Instant;
  /** Slack limited the rate within the last minute. */
  readonly isCrowded: boolean;
}

/**
 * The pause that Slack asked for. No function calls Slack until it is over: Slack may block an app that keeps calling.
 * https://docs.slack.dev/apis/web-api/rate-limits
 * Actions used: dynamodb:UpdateItem, dynamodb:GetItem.
 */
export interface Pause {
  rate(now: Instant): Promise<Rate>;
  /** Begins a pause. Keeps a longer one that already runs. */
  begin(until: Instant): Promise<void>;
}

/** The key in the table of the threads. No target has this name. */
const KEY = { target: 'slack', item: 'pause' };

export function createPause(client: DynamoDBDocumentClient, table: string): Pause {
  return {
    async rate(now) {
      const item = await readItem(client, table, KEY);
      if (item === null) return { isCrowded: false };
      const until = String(item['until']);
      return {
        ...(isAfter(until, now) && { pausedUntil: until }),
        isCrowded: isAfter(after(until, CROWDED_SECONDS), now),
      };
    },
    async begin(until) {
      const isLonger = 'attribute_not_exists(#until) OR #until < :until';
      const set = { until, ...keepUntil(until, 1) };
      await writeIf(client, table, { key: KEY, set, when: isLonger, values: { until } });
    },
  };
}
