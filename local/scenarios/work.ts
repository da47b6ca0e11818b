import type { Invocation } from '@lastgood/embedded-aws/runtime/lambda/lambda.ts';
import type { Runtime } from '@lastgood/embedded-aws/runtime/runtime.ts';

/** The event of the schedule that keeps functions warm (functions/keep-warm.yml). */
const KEEP_WARM = JSON.stringify({ keep: 'warm' });

/** Returns the invocations that did work: all but those that only keep a function warm. */
export function workOf({ invocations }: Pick<Runtime, 'invocations'>): readonly Invocation[] {
  return invocations.filter(({ event }) => event !== KEEP_WARM);
}
