import type { Answer } from '../traffic/publisher.ts';
import type { Version } from './model.ts';
import type { LambdaState } from './state.ts';

/** Until a version that was idle can be invoked again. AWS gives no figure; half a minute is assumed. */
const WAKING_MS = 30_000;

/**
 * One invocation. The first one of a version that was idle for long fails and wakes it, and so do those that come
 * before it is awake: https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
 */
export function invoke(lambda: LambdaState, version: Version, failing: number): Answer {
  if (version.state === 'Inactive') wake(lambda, version);
  if (version.state !== 'Active') return { status: 502, targetSeconds: null };
  const { errorRate, latency } = version.code;
  const failed = lambda.random.next() < Math.max(failing, errorRate);
  return { status: failed ? 500 : 200, targetSeconds: latency };
}

function wake(lambda: LambdaState, version: Version): void {
  version.state = 'Pending';
  lambda.clock.after(WAKING_MS, () => {
    if (version.state === 'Pending') version.state = 'Active';
  });
}
