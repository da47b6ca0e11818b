import type { Mechanism } from '../../../../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';
import { notWritten } from './not-written.ts';
import type { Clients } from './plan.ts';

/** Starts the way back on one rung and never waits. A second call finds what the first one did. */
export function revertWith(_clients: Clients): Mechanism<Memo>['revert'] {
  return () => notWritten('revert');
}
