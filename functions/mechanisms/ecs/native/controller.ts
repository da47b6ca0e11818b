import type { Controller } from '../controller.ts';
import { planWith, type Clients } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';
import { stopWith } from './stop.ts';
import type { Memo } from './memo.ts';

/** Creates the controller for services that ECS deploys itself: rolling, blue/green, canary and linear. */
export function native(clients: Clients): Controller<Memo> {
  return {
    plan: planWith(clients),
    stop: stopWith(clients),
    revert: revertWith(clients),
    settled: settledWith(clients),
  };
}

export type { Clients };
