import { LookedAt, lookingAt } from '../../../functions/answer-slack/plans.ts';
import { executionName } from '../../../src/lambda/start.ts';
import type { Request } from '../../../src/rollback/request.ts';
import type { Aws } from '../aws.ts';
import { awsNow } from '../aws-now.ts';
import { outputOf } from '../execution-end.ts';
import { machineArn } from '../machines.ts';
import { requestOf, type Wish } from '../request.ts';

/** Plans what a person asks for now. */
export function readPlan(aws: Aws, stage: string, wish: Wish): Promise<LookedAt> {
  return readPlanOf(aws, stage, requestOf(wish, awsNow(aws.states)));
}

/** Starts the plan machine, and returns its plan and verdict. */
export async function readPlanOf({ states }: Aws, stage: string, request: Request): Promise<LookedAt> {
  const machine = await machineArn(states, stage, 'plan');
  const output = await outputOf(states, machine, executionName(request), lookingAt(request));
  return withoutWay(LookedAt.parse(output));
}

/**
 * Returns a plan and its verdict as one answer. The judge says whether Lastgood should go back, the plan whether it can:
 * where there is no way back, it would not. Exported for its test.
 */
export function withoutWay({ plan, verdict }: LookedAt): LookedAt {
  if (plan.state !== 'no-way-back' || verdict.verdict === 'skip' || verdict.verdict === 'observe')
    return { plan, verdict };
  const { at, against = [] } = verdict;
  const none = `There is no way back: ${plan.reason.replace(/\.$/, '')}.`;
  return { plan, verdict: { verdict: 'skip', at, reasons: [none], against: [none, ...against] } };
}
