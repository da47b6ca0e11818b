import type { Sided } from '../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { Memo } from './memo.ts';
import { planWith, type Clients } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';
import { sidesWith } from './sides.ts';
import { stop } from './stop.ts';
import { takes } from './takes.ts';

/** Creates the mechanism for listeners and rules of VPC Lattice that divide traffic by weight. */
export function createMechanism(clients: Clients): Mechanism<Memo> & Sided {
  return {
    memo: Memo,
    sides: sidesWith(clients),
    plan: planWith(clients),
    stop,
    revert: revertWith(clients),
    settled: settledWith(clients),
    takes,
  };
}
