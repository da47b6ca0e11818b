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
 * Does for what deployed lately what an event should have done: records what completed, starts a rollback for what
 * failed. What an event did is not done twice: an observed revision is recorded once, and a failure names its execution.
 */
export async function reconcileDeploymentEvents({
  kinds,
  context,
  ledger,
  starter,
}: DeploymentEvents): Promise<void> {
  await eachOf(kinds, async (kind) => {
    const seen = await kind.recentDeployments(context);
    await eachOf(seen, (observed) => take(observed, ledger, starter));
  });
}

async function take(
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
