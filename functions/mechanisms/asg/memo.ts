import type { Json, Plan } from '../../../src/rollback/plan.ts';
import type { LaunchTemplateRef } from './autoscaling.ts';
import { idOf, type TemplateVersion } from './revision.ts';
import type { Survey } from './survey.ts';

/** What the verbs after `plan` need to remember. */
export interface Memo {
  /** Id of the refresh at fault, the newest there was; null: there was none. */
  readonly refresh: string | null;
  /** What the group said: whatever else it says later, somebody else put there. */
  readonly saved: string;
  /** The version to put there. */
  readonly to: LaunchTemplateRef;
}

export function detailsOf({ newest, group }: Survey, to: TemplateVersion): Json {
  const memo: Memo = {
    refresh: newest?.id ?? null,
    saved: group.saved === null ? '' : idOf(group.saved),
    to: { template: to.id, version: to.version },
  };
  return memo as unknown as Json;
}

/** Returns the memo of a plan of ours: nobody else writes them. */
export function readMemo({ memo }: Extract<Plan, { memo: Json }>): Memo {
  return memo as unknown as Memo;
}
