import type { Claims } from '../ledger/claims.ts';
import { currentRung, recordPoll, recordRevert } from '../rollback/rungs.ts';
import type { Claimed, Planned, Started } from '../rollback/document.ts';
import { leadOf } from '../rollback/heard.ts';
import type { Mechanism } from '../rollback/mechanism.ts';
import { runsOf } from '../rollback/runs.ts';
import { withChanges } from './changes.ts';
import type { LambdaHandler } from './handler.ts';
import { steps } from './steps.ts';

/**
 * The Lambda of a mechanism: its four verbs as states of the workflow, and `runs`, which says what a plan says of the
 * present. Before each write it makes sure that we still hold the target, so that an execution that lost its claim
 * changes nothing more. So it does before each look at the way back: what an execution without a claim would prove is
 * another's doing, and one that looks for hours keeps its claim.
 */
export function mechanismHandler(
  mechanism: Mechanism,
  claims: Pick<Claims, 'hold'>,
  now: () => string,
): LambdaHandler {
  const holding = async (rollback: Planned): Promise<Planned> => {
    await claims.hold(rollback.request.target, rollback.execution, now());
    return rollback;
  };
  return steps({
    plan: {
      adds: 'plan',
      run: async ({ rollback }) => {
        const plan = await mechanism.plan({ ...(rollback as Claimed), request: leadOf(rollback) });
        const { target } = rollback.request;
        return 'to' in plan ? withChanges(plan, (revision) => mechanism.traits(target, revision)) : plan;
      },
    },
    runs: { run: async ({ rollback }) => runsOf(await mechanism.plan(rollback as Claimed)) },
    stop: {
      adds: 'stopped',
      run: async ({ rollback }) => mechanism.stop(await holding(rollback as Planned)),
    },
    revert: {
      adds: 'reverted',
      run: async ({ rollback }) => {
        const planned = await holding(rollback as Planned);
        const way = await mechanism.revert({ ...planned, rung: currentRung(planned) });
        return recordRevert(planned, way, now());
      },
    },
    settled: {
      adds: 'settled',
      run: async ({ rollback }) => {
        const started = (await holding(rollback as Planned)) as Planned & { readonly reverted: Started };
        const look = await mechanism.settled({ ...started, rung: started.reverted.rung });
        return recordPoll(started, look, now());
      },
    },
  });
}
