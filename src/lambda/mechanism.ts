import type { Claims } from '../ledger/claims.ts';
import type { Planned } from '../rollback/document.ts';
import { asInReversion, asPlannable, asPlanned, remembering } from '../rollback/doors.ts';
import type { Mechanism } from '../rollback/mechanism.ts';
import { currentRung, recordPoll, recordRevert } from '../rollback/rungs.ts';
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
export function mechanismHandler<Memo>(
  mechanism: Mechanism<Memo>,
  claims: Pick<Claims, 'hold'>,
  now: () => string,
): LambdaHandler {
  /** Reads the memo first: a document that does not fit holds nothing. */
  const holding = async <Document extends Planned>(rollback: Document) => {
    const remembered = remembering(rollback, mechanism.memo);
    await claims.hold(rollback.request.target, rollback.execution, now());
    return remembered;
  };
  return steps({
    plan: {
      adds: 'plan',
      run: async ({ rollback }) => {
        const plan = await mechanism.plan(asPlannable(rollback, now()));
        const { target } = rollback.request;
        return 'to' in plan ? withChanges(plan, (revision) => mechanism.traits(target, revision)) : plan;
      },
    },
    runs: { run: async ({ rollback }) => runsOf(await mechanism.plan(asPlannable(rollback, now()))) },
    stop: {
      adds: 'stopped',
      run: async ({ rollback }) => mechanism.stop(await holding(asPlanned(rollback))),
    },
    revert: {
      adds: 'reverted',
      run: async ({ rollback }) => {
        const planned = await holding(asPlanned(rollback));
        const way = await mechanism.revert({ ...planned, rung: currentRung(planned) });
        return recordRevert(planned, way, now());
      },
    },
    settled: {
      adds: 'settled',
      run: async ({ rollback }) => {
        const started = await holding(asInReversion(rollback));
        return recordPoll(started, await mechanism.settled(started), now());
      },
    },
  });
}
