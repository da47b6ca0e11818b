import type { Mechanism } from '../../../../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';
import { notWritten } from './not-written.ts';
import type { Clients } from './plan.ts';

/** Polls the way back once. */
export function settledWith(_clients: Clients): Mechanism<Memo>['settled'] {
  return () => notWritten('settled');
}
