import type { Execution } from '@lastgood/embedded-aws/runtime/states/execution.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import type { Stage } from '../stage.ts';

/** Waits until a rollback was started, and then until all is over. The lookouts of earlier releases ended before. */
export async function accusation(stage: Stage): Promise<void> {
  await stage.until('a rollback was started', () => rollbacksOf(stage).length > 0);
  await stage.aftermath();
}

/** Returns null if a lookout started the first rollback, before every alarm that calls Lastgood, or else what did. */
export function accusedFirst(stage: Stage): string | null {
  const [first] = rollbacksOf(stage);
  const type = (first?.states[0]?.input as Rollback | undefined)?.request.trigger?.type;
  return type === 'lookout' ? null : `${type ?? 'nothing'} started the first rollback, and no lookout did`;
}

/** Returns the executions of the rollback machine, oldest first. */
export function rollbacksOf(stage: Stage): readonly Execution[] {
  return stage.runtime
    .executions()
    .filter(({ arn }) => arn.includes('-rollback:'))
    .toSorted((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt));
}
