import type { Ledger } from '../../../../../../src/ledger/ledger.ts';
import type { Mechanism } from '../../../../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';
import { notWritten } from './not-written.ts';

export interface Clients {
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

/** Reads what runs, what is in flight, and what is last known good. Says from which revision to which, on which rungs. */
export function planWith(_clients: Clients): Mechanism<Memo>['plan'] {
  return () => notWritten('plan');
}
