import type { Sided } from '../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { Memo } from './memo.ts';
import { planWith, type Clients } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';
import { stopWith } from './stop.ts';
import { takes } from './takes.ts';
import { traitsWith } from './traits.ts';

/** Creates the mechanism for configuration profiles of AWS AppConfig in their environments. */
export function createMechanism(clients: Clients): Mechanism<Memo> & Sided {
  return {
    memo: Memo,
    sides: () =>
      Promise.resolve({ state: 'none', reason: 'AppConfig measures no clients by their configuration.' }),
    plan: planWith(clients),
    stop: stopWith(clients),
    revert: revertWith(clients),
    settled: settledWith(clients),
    takes,
    traits: traitsWith(clients),
  };
}
