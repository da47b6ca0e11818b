import type { Mechanism } from '../../../../../../src/rollback/mechanism.ts';
import { notWritten } from './not-written.ts';
import type { Clients } from './plan.ts';

/** Freezes the rollout in flight. `not-running` and `reverting` are valid answers. */
export function stopWith(_clients: Clients): Mechanism['stop'] {
  return () => notWritten('stop');
}
