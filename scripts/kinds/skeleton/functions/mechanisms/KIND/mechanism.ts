import type { Sided } from '../../../../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../../../../src/rollback/mechanism.ts';
import { Memo } from './memo.ts';
import { planWith, type Clients } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';
import { stopWith } from './stop.ts';
import { takes } from './takes.ts';
import { traitsWith } from './traits.ts';

/** Say what a target of this kind is. */
export function createMechanism(clients: Clients): Mechanism<Memo> & Sided {
  return {
    memo: Memo,
    sides: () => Promise.resolve({ state: 'none', reason: 'AWS shows no sides of this kind.' }),
    plan: planWith(clients),
    stop: stopWith(clients),
    revert: revertWith(clients),
    settled: settledWith(clients),
    takes,
    traits: traitsWith(clients),
  };
}
