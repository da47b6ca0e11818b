import type { Stopped, Planned } from '../../../../src/rollback/document.ts';
import type { Controller } from '../controller.ts';
import type { Clients } from './clients.ts';
import type { Memo } from './memo.ts';
import { plan } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';

/** Services under the EXTERNAL controller: task sets, and listeners whose weights are their owner's. */
export function external(clients: Clients): Controller<Memo> {
  return {
    plan: (rollback, service) => plan(rollback, service, clients),
    stop: (rollback) => Promise.resolve(stop(rollback)),
    revert: revertWith(clients),
    settled: settledWith(clients),
  };
}

/** Nothing in AWS runs the rollout, so nothing can be told to stop: taking the traffic back is what ends it. */
function stop({ plan }: Planned<Memo>): Stopped {
  if (plan.deployment?.state !== 'in-flight') return { state: 'not-running' };
  const reason =
    'an external controller rolls it out, which only its owner can stop; the traffic is taken back from it';
  return { state: 'left-to-revert', deployment: plan.memo.atFault, reason };
}
