import type * as z from 'zod/mini';
import { ended } from './details/ended.ts';
import { frozen, unfrozen } from './details/freezes.ts';
import { wanted } from './details/handovers.ts';
import { lookoutAccused } from './details/lookouts.ts';
import { readinessChecked, readinessWorsened } from './details/readiness.ts';
import { lastgoodPaused, lastgoodResumed } from './details/pauses.ts';
import { rejected } from './details/rejected.ts';
import {
  approvalRequested,
  hindered,
  paused,
  planned,
  reverted,
  started,
  stopped,
  waiting,
} from './details/steps.ts';
import { stormUpdated } from './details/storms.ts';

/** The shape of `detail` by `detail-type`, for every event that Lastgood publishes. */
export const details = {
  'Rollback Started': started,
  'Rollback Planned': planned,
  'Rollback Approval Requested': approvalRequested,
  'Rollback Stopped': stopped,
  'Rollback Reverted': reverted,
  'Rollback Wanted': wanted,
  'Rollback Hindered': hindered,
  'Rollback Waiting': waiting,
  'Rollback Paused': paused,
  'Rollback Succeeded': ended('rolled-back'),
  'Rollback Skipped': ended('skipped'),
  'Rollback Failed': ended('failed-clean', 'failed-dirty'),
  'Rollback Frozen': frozen,
  'Rollback Unfrozen': unfrozen,
  'Rollback Rejected': rejected,
  'Rollback Storm Updated': stormUpdated,
  'Lookout Accused': lookoutAccused,
  'Readiness Checked': readinessChecked,
  'Readiness Worsened': readinessWorsened,
  'Lastgood Paused': lastgoodPaused,
  'Lastgood Resumed': lastgoodResumed,
} as const;

export type DetailType = keyof typeof details;
export type Detail<Type extends DetailType> = z.infer<(typeof details)[Type]>;
