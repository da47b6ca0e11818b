import type { Controller } from '../controller.ts';
import type { Clients } from './clients.ts';
import { plan } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';
import { stopWith } from './stop.ts';
import type { Memo } from './memo.ts';

/** Creates the controller for CODE_DEPLOY services: blue/green by CodeDeploy, between two target groups. */
export function codeDeploy(clients: Clients): Controller<Memo> {
  return {
    plan: (rollback, begun) => plan(rollback, begun, clients),
    stop: stopWith(clients),
    revert: revertWith(clients),
    settled: settledWith(clients),
  };
}
