import type { Tags } from '../../rollback/plan.ts';
import { asRecord } from '../../rollback/json.ts';

/**
 * Reads the alarm's tags from the event: an object in EventBridge events. For the other two envelopes the
 * documentation does not show the form, so this also accepts a list of keys and values.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-tags-in-notifications.html
 */
export function carriedTags(value: unknown): Tags | null {
  const entries = Array.isArray(value) ? value.map(pair) : Object.entries(asRecord(value) ?? {});
  const tags = entries.filter((entry): entry is [string, string] =>
    entry.every((part) => typeof part === 'string'),
  );
  return tags.length === 0 ? null : Object.fromEntries(tags);
}

function pair(tag: unknown): [unknown, unknown] {
  const { Key, Value, key = Key, value = Value } = asRecord(tag) ?? {};
  return [key, value];
}
