import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { planWith } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';
import { stopWith } from './stop.ts';
import type { Clients } from './survey.ts';

/** Groups of Amazon EC2 Auto Scaling whose instances come from one launch template. */
export function createMechanism(clients: Clients): Mechanism {
  return {
    plan: planWith(clients),
    stop: stopWith(clients),
    revert: revertWith(clients),
    settled: settledWith(clients),
  };
}
