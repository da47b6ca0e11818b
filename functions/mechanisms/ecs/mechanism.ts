import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { planWith, type Clients } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';
import { stopWith } from './stop.ts';

/** Services of Amazon ECS under its own deployment controller: rolling, blue/green, canary and linear. */
export function createMechanism(clients: Clients): Mechanism {
  return {
    plan: planWith(clients),
    stop: stopWith(clients),
    revert: revertWith(clients),
    settled: settledWith(clients),
  };
}
