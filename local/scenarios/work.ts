import type { Invocation } from '@lastgood/embedded-aws/runtime/lambda/lambda.ts';
import type { Runtime } from '@lastgood/embedded-aws/runtime/runtime.ts';

/** The input that only starts functions or keeps them warm (functions/keep-warm.yml, functions/start-with-alarm.yml). */
const KEEP_WARM = JSON.stringify({ keep: 'warm' });

/** Says whether an invocation did work, and did not only start a function or keep it warm. */
export function isWork({ event }: Pick<Invocation, 'event'>): boolean {
  return event !== KEEP_WARM;
}

/** Returns the invocations that did work. */
export function workOf({ invocations }: Pick<Runtime, 'invocations'>): readonly Invocation[] {
  return invocations.filter(isWork);
}
