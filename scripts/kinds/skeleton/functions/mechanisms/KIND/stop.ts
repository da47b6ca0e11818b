import type { Mechanism } from '../../../../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';
import { notWritten } from './not-written.ts';
import type { Clients } from './plan.ts';

/** Freezes the rollout in flight. `not-running` and `reverting` are valid answers. */
export function stopWith(_clients: Clients): Mechanism<Memo>['stop'] {
  return () => notWritten('stop');
}
