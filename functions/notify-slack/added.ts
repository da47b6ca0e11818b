import { createHash } from 'node:crypto';
import { SOURCE } from '../../src/events/source.ts';
import type { Key } from '../../src/ledger/write.ts';
import type { Queue, Story } from '../../src/slack/threads.ts';
import { readBusEvent } from '../../src/targets/bus-event.ts';
import { asRecord } from '../../src/rollback/json.ts';
import { readOwnAlarm } from './own-alarm.ts';

/** The field of a thread's story for each event type. */
const SLICES: Readonly<Record<string, keyof Story>> = {
  'Rollback Started': 'started',
  'Rollback Planned': 'planned',
  'Rollback Approval Requested': 'question',
  'Rollback Stopped': 'stopped',
  'Rollback Reverted': 'reverted',
  'Rollback Hindered': 'hindered',
  'Rollback Waiting': 'waiting',
  'Rollback Paused': 'held',
  'Rollback Succeeded': 'ended',
  'Rollback Skipped': 'ended',
  'Rollback Failed': 'ended',
  'Rollback Frozen': 'frozen',
  'Rollback Unfrozen': 'unfrozen',
  'Rollback Rejected': 'rejected',
  'Rollback Storm Updated': 'storm',
  'Lookout Accused': 'accused',
  'Lastgood Paused': 'paused',
  'Lastgood Resumed': 'resumed',
  'Readiness Worsened': 'worsened',
};

const URGENT: readonly (keyof Story)[] = ['question', 'hindered', 'storm', 'paused', 'resumed', 'rejected'];

/** An event of Lastgood or of an alarm on it, and its place in a thread. */
export interface Added {
  readonly key: Key;
  readonly slice: keyof Story;
  readonly detail: object;
  readonly queue: Queue;
}

/**
 * Reads an event. Returns null for an event that is not posted. A freeze by a person has its own thread, and a
 * redelivered event belongs to the same one. The freeze of a revision is not posted, because the end of its rollback
 * names it. Neither is an accusation that starts a rollback, which has a thread of its own.
 */
export function readAdded(event: unknown): Added | null {
  const found = readBusEvent(event);
  if (found?.source === 'aws.cloudwatch') return readOwnAlarm(found.detail);
  const slice = SLICES[found?.['detail-type'] ?? ''];
  const detail = asRecord(found?.detail);
  if (found?.source !== SOURCE || slice === undefined || detail === null) return null;
  const { target, execution, storm } = detail;
  // One message has all targets of a storm. A person must look at one that ended dirty: it has a thread as well.
  const queue = queueOf(slice, detail);
  if (slice === 'storm')
    return { key: { target: 'storm', item: `thread#${String(storm)}` }, slice, detail, queue };
  // Each announcement is a message of its own: an update notifies no reader.
  if (slice === 'paused' || slice === 'resumed') {
    const at = String(detail['announcedAt'] ?? detail['resumedAt']);
    return { key: { target: 'lastgood', item: `${slice}#${at}` }, slice, detail, queue };
  }
  if (slice === 'rejected') return rejectionIn(detail, queue);
  if (storm !== undefined && detail['outcome'] !== 'failed-dirty') return null;
  if (slice === 'accused' && detail['mode'] !== 'observe') return null;
  const isFreeze = slice === 'frozen' || slice === 'unfrozen';
  if (isFreeze && execution !== undefined) return null;
  const { by, frozenAt, unfrozenAt } = detail;
  const thread = isFreeze
    ? `${slice}#${String(frozenAt ?? unfrozenAt)} ${String(by)}`
    : `thread#${String(execution)}`;
  return {
    key: { target: typeof target === 'string' ? target : 'unknown', item: thread },
    slice,
    detail,
    queue,
  };
}

/**
 * Returns the place of a rejected alarm: each wrong word is a message of its own, however often it is published. The
 * sender of a rejected request reads its rejection on the bus.
 */
function rejectionIn(detail: Readonly<Record<string, unknown>>, queue: Queue): Added | null {
  const { alarm, request, field, problem } = detail;
  if (alarm === undefined) return null;
  const wrong = createHash('sha256')
    .update(JSON.stringify([field, problem]))
    .digest('hex');
  const key = { target: 'lastgood', item: `rejected#${String(request)} ${wrong.slice(0, 16)}` };
  return { key, slice: 'rejected', detail, queue };
}

/** A question has a countdown, a storm and a pause concern many targets; a hindrance and a dirty end need a person now. */
function queueOf(slice: keyof Story, detail: Readonly<Record<string, unknown>>): Queue {
  const isUrgent = URGENT.includes(slice) || detail['outcome'] === 'failed-dirty';
  return isUrgent ? 'urgent' : 'yes';
}
