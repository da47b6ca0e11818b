import type { Sided } from '../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { planWith } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';
import { sidesWith } from './sides.ts';
import { stop } from './stop.ts';
import type { Clients } from './survey.ts';
import { Memo } from './memo.ts';
import { takes } from './takes.ts';

/** Creates the mechanism for weighted records of Amazon Route 53. */
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
