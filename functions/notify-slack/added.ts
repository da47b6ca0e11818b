import { SOURCE } from '../../src/events/details.ts';
import type { Key } from '../../src/ledger/write.ts';
import type { Story } from '../../src/slack/threads.ts';
import { readBusEvent } from '../../src/targets/bus-event.ts';
import { asRecord } from '../../src/rollback/json.ts';

/** Which part of a thread's story each of our events is. */
const SLICES: Readonly<Record<string, keyof Story>> = {
  'Rollback Started': 'started',
  'Rollback Planned': 'planned',
  'Rollback Approval Requested': 'question',
  'Rollback Stopped': 'stopped',
  'Rollback Reverted': 'reverted',
  'Rollback Succeeded': 'ended',
  'Rollback Skipped': 'ended',
  'Rollback Failed': 'ended',
  'Rollback Frozen': 'frozen',
  'Rollback Unfrozen': 'unfrozen',
};

/** One of our events, and where it belongs. */
export interface Added {
  readonly key: Key;
  readonly slice: keyof Story;
  readonly detail: object;
}

/**
 * Null: it is nothing that Slack is told. A freeze by a person is a thread of its own, however often its
 * event comes; that of a revision belongs to its rollback, whose end tells of it.
 */
export function readAdded(event: unknown): Added | null {
  const found = readBusEvent(event);
  const slice = SLICES[found?.['detail-type'] ?? ''];
  const detail = asRecord(found?.detail);
  if (found?.source !== SOURCE || slice === undefined || detail === null) return null;
  const { target, execution } = detail;
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
  };
}
