import { FINE, type Status } from '../../command-line/status.ts';
import { dated } from '../../terminal/dated.ts';
import type { Aws } from '../aws.ts';
import { awsNow } from '../aws-now.ts';
import { statusOf } from '../plan/plan.ts';
import { readPlan, readPlanOf } from '../plan/read.ts';
import { checkNow, statusOf as statusOfCheck } from '../readiness/readiness.ts';
import type { Rehearsal } from './drive.ts';
import { backOf } from './requests.ts';
import { toJson, toText, type Dry } from './text.ts';

/** Plans, judges, and checks what a rollback needs, its permissions included. Changes no target. */
export async function rehearseDry(aws: Aws, { target, reason, place, isJson }: Rehearsal): Promise<Status> {
  const asked = await readPlan(aws, place.stage, { target, reason });
  const real = await readPlanOf(aws, place.stage, backOf(target, reason, awsNow(aws.states)));
  const checked = await checkNow(aws, place.stage, target);
  const dry = { target, plan: asked.plan, verdict: asked.verdict, forReal: real.verdict, checked };
  console.log(isJson ? JSON.stringify(toJson(dry)) : dated(toText(dry)));
  return statusOfDry(dry);
}

/**
 * Returns the exit status: that of the plan, unless the plan is fine and the check is not. Exported for its test.
 */
export function statusOfDry({ plan, verdict, checked }: Pick<Dry, 'plan' | 'verdict' | 'checked'>): Status {
  const ofPlan = statusOf(plan, verdict);
  return ofPlan === FINE ? statusOfCheck(checked) : ofPlan;
}
