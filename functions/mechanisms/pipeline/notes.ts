import { HOLD_TAG } from './hold.ts';
import { isRunning } from './runs.ts';
import type { Stage, StageState } from './codepipeline.ts';
import type { Survey } from './survey.ts';

/** Returns what an operator should know of a way back by this stage. */
export function notesOn(seen: Survey): readonly string[] {
  const { stage, state } = seen;
  return [...upcoming(seen), ...held(state), ...approvals(stage), ...changeSets(stage)];
}

/** Executions that are on their way to the stage enter it after the rollback: they replace what it put back. */
function upcoming({ states, state, stage, executions, holds }: Survey): readonly string[] {
  const before = states.slice(0, states.indexOf(state));
  const inEarlier = before.flatMap(({ latest }) => (latest !== null && isRunning(latest) ? [latest.id] : []));
  const coming = [...new Set([...inEarlier, ...before.flatMap(({ waiting }) => waiting), ...state.waiting])];
  const running = coming.filter((id) => executions.some((one) => one.id === id && isRunning(one)));
  if (running.length === 0) return [];
  const who = `execution ${running.join(', ')} is on its way to the stage ${stage.name}`;
  if (state.heldBy !== null) return [`${who}, and waits while the inbound transition is disabled`];
  return [
    holds
      ? `${who}; the disabled transition keeps it out`
      : `${who} and would replace what is put back, unless the pipeline has the tag ${HOLD_TAG}=yes`,
  ];
}

function held({ heldBy }: StageState): readonly string[] {
  return heldBy === null ? [] : [`the inbound transition is disabled already: ${heldBy}`];
}

/** Unknown: pipeline-approvals-again. */
function approvals({ actions }: Stage): readonly string[] {
  const names = actions.filter(({ category }) => category === 'Approval').map(({ name }) => name);
  return names.length === 0 ? [] : [`the approval ${names.join(', ')} is asked again within the stage`];
}

/** Returns a note where the stage executes a change set that it does not create: a second run finds none. */
function changeSets(stage: Stage): readonly string[] {
  const names = consumed(stage);
  return names.length === 0
    ? []
    : [
        `the action ${names.join(', ')} executes a change set of an earlier stage, which AWS deletes with its use`,
      ];
}

/** Returns the actions that execute a change set which another stage creates. */
export function consumed({ actions }: Stage): readonly string[] {
  const setsOf = (mode: string) =>
    actions
      .filter(
        ({ provider, configuration }) =>
          provider === 'CloudFormation' && configuration['ActionMode'] === mode,
      )
      .map(({ name, configuration }) => ({
        name,
        set: `${configuration['StackName'] ?? ''}/${configuration['ChangeSetName'] ?? ''}`,
      }));
  const created = new Set(setsOf('CHANGE_SET_REPLACE').map(({ set }) => set));
  return setsOf('CHANGE_SET_EXECUTE')
    .filter(({ set }) => !created.has(set))
    .map(({ name }) => name);
}
