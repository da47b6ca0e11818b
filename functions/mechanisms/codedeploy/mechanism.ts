import type { Sided } from '../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { planWith, type Clients } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';
import { sidesWith } from './sides.ts';
import { stopWith } from './stop.ts';
import { traitsOf } from './traits.ts';
import { Memo } from './memo.ts';
import { takes } from './takes.ts';

/** Creates the mechanism for deployment groups of AWS CodeDeploy: EC2 in place, EC2 blue/green, and Lambda. */
export function createMechanism(clients: Clients): Mechanism<Memo> & Sided {
  return {
    memo: Memo,
    sides: sidesWith(clients),
    plan: planWith(clients),
    stop: stopWith(clients),
    revert: revertWith(clients),
    settled: settledWith(clients),
    takes,
    traits: (_, revision) => Promise.resolve(traitsOf(revision)),
  };
}
