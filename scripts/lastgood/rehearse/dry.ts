import type { Status } from '../../command-line/status.ts';
import type { Aws } from '../aws.ts';
import { awsNow } from '../aws-now.ts';
import { statusOf } from '../plan/plan.ts';
import { readPlan, readPlanOf } from '../plan/read.ts';
import type { Rehearsal } from './drive.ts';
import { backOf } from './requests.ts';
import { toJson, toText } from './text.ts';

/** Plans and judges, and changes nothing. */
export async function rehearseDry(aws: Aws, { target, reason, place, isJson }: Rehearsal): Promise<Status> {
  const asked = await readPlan(aws, place.stage, { target, reason });
  const real = await readPlanOf(aws, place.stage, backOf(target, reason, awsNow(aws.states)));
  const dry = { target, plan: asked.plan, verdict: asked.verdict, forReal: real.verdict };
  console.log(isJson ? JSON.stringify(toJson(dry)) : toText(dry));
  return statusOf(asked.plan, asked.verdict);
}
