import { asRecord } from '../../src/rollback/json.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after } from '../../src/rollback/time.ts';
import type { OwnAlarm, Queue } from '../../src/slack/threads.ts';
import type { Key } from '../../src/ledger/write.ts';

/** A turn of an alarm on Lastgood itself, and its place in a thread. */
interface AddedTurn {
  readonly key: Key;
  readonly slice: 'alarmed' | 'calmed';
  readonly detail: OwnAlarm;
  readonly queue: Queue;
}

/**
 * Reads the turn of an alarm on Lastgood itself. Its thread begins with ALARM. An OK belongs to the ALARM that it ends;
 * without that one, as after the first minutes of a stack, nothing is posted. Returns null if it cannot be read.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function readOwnAlarm(detail: unknown): AddedTurn | null {
  const { alarmName: name, state, previousState, configuration } = asRecord(detail) ?? {};
  const { value, reason, timestamp } = asRecord(state) ?? {};
  const at = instantOf(timestamp);
  const began = value === 'ALARM' ? at : instantOf(asRecord(previousState)?.['timestamp']);
  if (typeof name !== 'string' || at === null || began === null) return null;
  const { description } = asRecord(configuration) ?? {};
  const alarm: OwnAlarm = {
    ...{ name, at, reason: typeof reason === 'string' ? reason : '' },
    ...(typeof description === 'string' && { description }),
  };
  return {
    key: { target: 'lastgood', item: `thread#alarm ${name} ${began}` },
    slice: value === 'ALARM' ? 'alarmed' : 'calmed',
    detail: alarm,
    queue: value === 'ALARM' ? 'urgent' : 'yes',
  };
}

/** CloudWatch writes `2026-11-22T02:00:00.000+0000`. */
function instantOf(timestamp: unknown): Instant | null {
  if (typeof timestamp !== 'string' || Number.isNaN(Date.parse(timestamp))) return null;
  return after(timestamp, 0);
}
