import type { Sided } from '../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { Memo } from './memo.ts';
import { planWith } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';
import { stopWith } from './stop.ts';
import type { Clients } from './survey.ts';
import { takes } from './takes.ts';

/** What the stage deploys is followed as a target of its own: no metric measures a stage. */
const NO_SIDES = {
  state: 'none',
  reason: 'No metric measures a stage of a pipeline. What it deploys can be followed.',
} as const;

/** Creates the mechanism for stages of AWS CodePipeline. */
export function createMechanism(clients: Clients): Mechanism<Memo> & Sided {
  return {
    memo: Memo,
    sides: () => Promise.resolve(NO_SIDES),
    plan: planWith(clients),
    stop: stopWith(clients),
    revert: revertWith(clients),
    settled: settledWith(clients),
    takes,
  };
}
