import type { Rollback } from '../../../src/rollback/document.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Stage } from '../stage.ts';

/** Returns null if a lookout started the first rollback, before every alarm that calls Lastgood, or else what did. */
export function accusedFirst({ runtime }: Stage): string | null {
  const [first] = rollbacksIn(runtime).toSorted(
    (one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt),
  );
  const type = (first?.states[0]?.input as Rollback | undefined)?.request.trigger?.type;
  return type === 'lookout' ? null : `${type ?? 'nothing'} started the first rollback, and no lookout did`;
}
