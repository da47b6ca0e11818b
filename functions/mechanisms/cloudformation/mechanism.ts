import type { Sided } from '../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { Memo } from './memo.ts';
import { planWith } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';
import { sides } from './sides.ts';
import { stopWith } from './stop.ts';
import type { Clients } from './survey.ts';
import { takes } from './takes.ts';

/** Creates the mechanism for root stacks of AWS CloudFormation whose update is under way or failed. */
export function createMechanism(clients: Clients): Mechanism<Memo> & Sided {
  return {
    memo: Memo,
    sides,
    plan: planWith(clients),
    stop: stopWith(clients),
    revert: revertWith(clients),
    settled: settledWith(clients),
    takes,
  };
}
