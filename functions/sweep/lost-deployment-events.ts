import type { Starter } from '../../src/lambda/start.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { asError } from '../../src/targets/answer.ts';
import { answerDeployment } from '../../src/targets/deployment.ts';
import type { ObservedDeployment, SweepContext, Reconciler } from '../../src/targets/kind.ts';
import { toSoak } from '../../src/targets/soak.ts';
import { eachOf } from '../../src/aws/each.ts';

export interface DeploymentEvents {
  readonly kinds: readonly Pick<Reconciler, 'recentDeployments'>[];
  readonly context: SweepContext;
  readonly ledger: Pick<Ledger, 'observe'>;
  readonly starter: Starter;
}

/**
 * Reconciles lost deployment events: records completed deployments, and starts rollbacks for failed ones. Does nothing
 * twice: the ledger records an observed revision once, and a failed deployment has one execution name.
 */
export async function reconcileDeploymentEvents({
  kinds,
  context,
  ledger,
  starter,
}: DeploymentEvents): Promise<void> {
  await eachOf(kinds, async (kind) => {
    const recent = await kind.recentDeployments(context);
    await eachOf(recent, (observed) => reconcile(observed, ledger, starter));
  });
}

async function reconcile(
  observed: ObservedDeployment,
  ledger: DeploymentEvents['ledger'],
  starter: Starter,
): Promise<void> {
  const answer = answerDeployment(observed);
  if (answer.kind === 'rejected') throw asError(answer);
  if (answer.kind === 'ignored') return;
  if (observed.state === 'completed') await ledger.observe(toSoak(observed));
  for (const request of answer.requests) await starter.start(request);
}
