import type { Sided } from '../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { Memo } from './memo.ts';
import { planWith, type Clients as Planning } from './plan.ts';
import { revertWith, type Asking } from './revert.ts';
import { settledWith } from './settled.ts';
import { stopWith } from './stop.ts';
import { takes } from './takes.ts';
import { traits } from './traits.ts';
import type { Handovers } from '../../../src/ledger/handovers.ts';

export interface Clients extends Planning, Asking {
  readonly handovers: Pick<Handovers, 'want' | 'put' | 'of'>;
}

/** Creates the mechanism for targets that another system owns. Lastgood asks, and waits for the answer. */
export function createMechanism(clients: Clients): Mechanism<Memo> & Sided {
  return {
    memo: Memo,
    sides: () => Promise.resolve({ state: 'none', reason: 'Another system divides its traffic.' }),
    plan: planWith(clients),
    stop: stopWith(),
    revert: revertWith(clients),
    settled: settledWith(clients),
    takes,
    traits,
  };
}
