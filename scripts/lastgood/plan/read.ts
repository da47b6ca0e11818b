import { LookedAt, lookingAt } from '../../../functions/answer-slack/plans.ts';
import { executionName } from '../../../src/lambda/start.ts';
import type { Aws } from '../aws.ts';
import { awsNow } from '../aws-now.ts';
import { outputOf } from '../execution-end.ts';
import { machineArn } from '../machines.ts';
import { requestOf, type Wish } from '../request.ts';

/** Starts the plan machine, and returns its plan and verdict. */
export async function readPlan({ states }: Aws, stage: string, wish: Wish): Promise<LookedAt> {
  const machine = await machineArn(states, stage, 'plan');
  const now = awsNow(states);
  const request = requestOf(wish, now);
  const output = await outputOf(states, machine, executionName(request), lookingAt(request));
  return LookedAt.parse(output);
}
