import type { Mechanism } from '../../../../../../src/rollback/mechanism.ts';
import { notWritten } from './not-written.ts';
import type { Clients } from './plan.ts';

/** Polls the way back once. */
export function settledWith(_clients: Clients): Mechanism['settled'] {
  return () => notWritten('settled');
}
