import type { Stopped, Planned } from '../../../../src/rollback/document.ts';
import type { Controller } from '../controller.ts';
import type { Clients } from './clients.ts';
import type { Memo } from './memo.ts';
import { plan } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';

/** Creates the controller for EXTERNAL services: task sets, and listeners whose weights belong to their owner. */
export function external(clients: Clients): Controller<Memo> {
  return {
    plan: (rollback, begun) => plan(rollback, begun, clients),
    stop: (rollback) => Promise.resolve(stop(rollback)),
    revert: revertWith(clients),
    settled: settledWith(clients),
  };
}

/** Stops nothing: the rollout runs outside AWS. Taking the traffic away ends it. */
function stop({ plan }: Planned<Memo>): Stopped {
  if (plan.deployment?.state !== 'in-flight') return { state: 'not-running' };
  const reason =
    'an external controller rolls it out, and only its owner can stop that; the rollback takes its traffic away';
  return { state: 'left-to-revert', deployment: plan.memo.atFault, reason };
}
