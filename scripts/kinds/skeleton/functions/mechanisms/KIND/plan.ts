import type { Ledger } from '../../../../../../src/ledger/ledger.ts';
import type { Mechanism } from '../../../../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';
import { notWritten } from './not-written.ts';

export interface Clients {
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

/**
 * Reads the running, the in-flight and the last known good revision. Plans from which revision to which, and on which
 * rungs.
 */
export function planWith(_clients: Clients): Mechanism<Memo>['plan'] {
  return () => notWritten('plan');
}
