import type { Runtime } from '@lastgood/embedded-aws/runtime/runtime.ts';
import type { Execution } from '@lastgood/embedded-aws/runtime/states/execution.ts';

/** Returns the executions of the rollback machine, in the order in which they started. The others only look. */
export function rollbacksIn(runtime: Pick<Runtime, 'executions'>): readonly Execution[] {
  return runtime.executions().filter(({ arn }) => arn.includes('-rollback:'));
}

/** Returns the executions of all machines but the lookouts, which follow a deployment for hours. */
export function withoutLookouts(runtime: Pick<Runtime, 'executions'>): readonly Execution[] {
  return runtime.executions().filter(({ arn }) => !arn.includes('-lookout:'));
}
