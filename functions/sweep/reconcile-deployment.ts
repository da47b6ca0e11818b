import type { Follow } from '../../src/lambda/follow.ts';
import type { Starter } from '../../src/lambda/start.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { asError } from '../../src/targets/answer.ts';
import { answerDeployment } from '../../src/targets/deployment.ts';
import type { ObservedDeployment } from '../../src/targets/kind.ts';
import { toSoak } from '../../src/targets/soak.ts';

export interface Reconciling {
  readonly ledger: Pick<Ledger, 'observe'>;
  readonly starter: Starter;
  readonly follow: Follow;
}

/**
 * Reconciles a deployment whose event was lost or never sent: starts a lookout for one that began, records a completed
 * one, and starts a rollback for a failed one. Does nothing twice: the ledger records an observed revision once, and
 * both executions have one name.
 */
export async function reconcileDeployment(
  observed: ObservedDeployment,
  { ledger, starter, follow }: Reconciling,
): Promise<void> {
  const answer = answerDeployment(observed);
  if (answer.kind === 'rejected') throw asError(answer);
  if (answer.kind === 'ignored') return;
  if (observed.state === 'completed') await ledger.observe(toSoak(observed));
  if (observed.state === 'started' || observed.state === 'completed') await follow(observed);
  for (const request of answer.requests) await starter.start(request);
}
