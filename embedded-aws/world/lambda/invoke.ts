import { asAsked, askedInVariables } from '../asked.ts';
import type { Answers } from '../traffic/publisher.ts';
import { invalid } from './errors.ts';
import type { Version } from './model.ts';
import type { LambdaState } from './state.ts';

/** Milliseconds until an idle version can be invoked again. AWS gives no figure; half a minute is assumed. */
const WAKING_MS = 30_000;

/**
 * Runs a number of invocations at once. The version's variables choose how they end, before its code does. The first
 * one of a long-idle version fails and wakes it. All before it is awake fail too:
 * https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
 */
export function invoke(
  lambda: LambdaState,
  version: Version,
  failing: number,
  count: number,
): readonly Answers[] {
  if (version.state === 'Inactive') wake(lambda, version);
  if (version.state !== 'Active') return [{ status: 502, targetSeconds: null, count }];
  const { errorRate, latency } = asAsked(version.code, askedInVariables(version.variables, invalid));
  const failed = lambda.random.binomial(count, Math.max(failing, errorRate));
  const answers: Answers[] = [
    { status: 500, targetSeconds: latency, count: failed },
    { status: 200, targetSeconds: latency, count: count - failed },
  ];
  return answers.filter((each) => each.count > 0);
}

function wake(lambda: LambdaState, version: Version): void {
  version.state = 'Pending';
  lambda.clock.after(WAKING_MS, () => {
    if (version.state === 'Pending') version.state = 'Active';
  });
}
