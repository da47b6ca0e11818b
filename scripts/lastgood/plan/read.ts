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
  return LookedAt.parse(output);
}
