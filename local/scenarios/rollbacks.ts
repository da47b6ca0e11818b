import type { Runtime } from '@lastgood/embedded-aws/runtime/runtime.ts';
import type { Execution } from '@lastgood/embedded-aws/runtime/states/execution.ts';

/** Returns the executions of the rollback machine, in the order in which they started. The others only look. */
export function rollbacksIn(runtime: Pick<Runtime, 'executions'>): readonly Execution[] {
  return runtime.executions().filter(({ arn }) => arn.includes('-rollback:'));
}

/** Returns whether a rollback has entered this state, and not left it. */
export function isAt({ runtime }: { readonly runtime: Pick<Runtime, 'executions'> }, state: string): boolean {
  return rollbacksIn(runtime).some(({ states }) => states.at(-1)?.name === state);
}

/** Returns whether a rollback proves its way back, or did. */
export function isVerifying(runtime: Pick<Runtime, 'executions'>): boolean {
  return rollbacksIn(runtime).some(({ states }) => states.some(({ name }) => name === 'Verify'));
}

/**
 * Returns the executions of the machines that a rollback starts. A lookout follows a deployment for hours, and a check of
 * readiness comes half an hour after it.
 */
export function withoutFollowers(runtime: Pick<Runtime, 'executions'>): readonly Execution[] {
  return runtime.executions().filter(({ arn }) => !isFollower(arn));
}

/** Returns whether each execution of the machines that a rollback starts has ended. */
export function haveEnded({ states }: Pick<Runtime, 'states'>): boolean {
  return states.all.every(({ arn, status }) => status !== 'RUNNING' || isFollower(arn));
}

function isFollower(arn: string): boolean {
  return /-(?:lookout|readiness):/.test(arn);
}

/** Returns the checks of readiness, in the order in which they started. */
export function checksIn(runtime: Pick<Runtime, 'executions'>): readonly Execution[] {
  return runtime.executions().filter(({ arn }) => arn.includes('-readiness:'));
}
