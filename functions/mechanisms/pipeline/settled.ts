import type { InReversion } from '../../../src/rollback/document.ts';
import type { Arrival } from '../../../src/rollback/document.ts';
import { awaiting } from '../../../src/rollback/awaiting.ts';
import { gone } from '../../../src/rollback/gone.ts';
import type { Mechanism, Poll } from '../../../src/rollback/mechanism.ts';
import { stageOf, type StageName } from '../../../src/targets/kinds/pipeline/target.ts';
import type { CodePipeline, StageState } from './codepipeline.ts';
import { HOLD_TAG, isHeldByLastgood, leftHeld } from './hold.ts';
import type { Memo } from './memo.ts';
import { isRunning } from './runs.ts';

/** Polls the stage. Success means that its actions returned: the alarms of the service show whether it is well. */
export function settledWith({
  codepipeline,
}: {
  readonly codepipeline: Pick<CodePipeline, 'states'>;
}): Mechanism<Memo>['settled'] {
  return async ({ request, plan, reverted }) => {
    const name = stageOf(request.target);
    const state = (await codepipeline.states(name.pipeline))?.find((one) => one.name === name.stage);
    const latest = state?.latest;
    if (state === undefined || latest == null)
      return gone('the pipeline is gone, or has no such stage any more');
    if (latest.id === reverted.deployment) return awaiting(request.target, pollOf(state, latest, name, plan));
    if (latest.id === plan.memo.latest)
      return { state: 'pending', summary: `CodePipeline does not show execution ${reverted.deployment} yet` };
    const reason = `execution ${latest.id} entered the stage ${name.stage} after the rollback`;
    return { state: 'overtaken', by: latest.id, reason };
  };
}

function pollOf(
  state: StageState,
  latest: NonNullable<StageState['latest']>,
  name: StageName,
  plan: InReversion<Memo>['plan'],
): Poll {
  const { to } = plan;
  if (latest.status === 'Succeeded')
    return {
      state: 'settled',
      summary: `execution ${latest.id} ran the stage ${name.stage} with the source revisions of ${to.name}`,
      ...leavesOf(state, name, plan),
    };
  if (!isRunning(latest)) return { state: 'failed', reason: whyFailed(state, latest) };
  const names = state.actions.filter(({ status }) => status === 'InProgress').map((one) => one.name);
  const asking = state.actions.filter(({ asks }) => asks).map((one) => one.name);
  const doing = names.length === 0 ? '' : ` (action ${names.join(', ')})`;
  return {
    state: 'pending',
    summary: `execution ${latest.id} runs the stage ${name.stage} with the source revisions of ${to.name}${doing}`,
    ...(asking.length > 0 && {
      hindrance: `The approval ${asking.join(', ')} of the stage waits for a person in CodePipeline.`,
    }),
  };
}

/** Says what the rollback leaves behind. It does not enable the transition again: the fix is not there yet. */
function leavesOf(
  { heldBy }: StageState,
  name: StageName,
  { memo }: InReversion<Memo>['plan'],
): Pick<Arrival, 'leaves'> {
  if (!memo.holds) return {};
  if (isHeldByLastgood(heldBy)) return { leaves: leftHeld(name) };
  return heldBy === null
    ? { leaves: `The tag ${HOLD_TAG} asks for a disabled transition, and AWS shows it enabled.` }
    : {};
}

function whyFailed({ actions }: StageState, { id, status }: NonNullable<StageState['latest']>): string {
  const failed = actions.filter((one) => one.status === 'Failed');
  const why = failed.map(({ name, error }) => `the action ${name} failed${error === '' ? '' : `: ${error}`}`);
  return [`execution ${id} is ${status} in the stage`, ...why].join('; ');
}
