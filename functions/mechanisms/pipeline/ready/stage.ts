import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { PIPELINE } from '../../../../src/readiness/ids/pipeline.ts';
import { targetOf, type StageName } from '../../../../src/targets/kinds/pipeline/target.ts';
import type { Stage } from '../codepipeline.ts';
import { consumed } from '../notes.ts';
import { targetOfAction } from '../owner.ts';

const find = findIn(PIPELINE);

/** Looks at what a second run of the actions would do. */
export function ofStage(name: StageName, stage: Stage): readonly Finding[] {
  return [...ofChangeSets(name, stage), ...ofApprovals(name, stage), ...ofTargets(name, stage)];
}

/** https://github.com/aws/aws-cdk/issues/11995 */
function ofChangeSets(name: StageName, stage: Stage): readonly Finding[] {
  const names = consumed(stage);
  if (names.length === 0) return [];
  return [
    find(
      'change-set-consumed',
      `The action ${names.join(', ')} of ${targetOf(name)} executes a change set of an earlier stage: a second run finds none, and fails.`,
      `Create the change set in the stage ${name.stage} too, with an action before it.`,
    ),
  ];
}

function ofApprovals(name: StageName, { actions }: Stage): readonly Finding[] {
  const names = actions.filter(({ category }) => category === 'Approval').map((one) => one.name);
  if (names.length === 0) return [];
  return [
    find(
      'approval-in-stage',
      `The approval ${names.join(', ')} is a part of ${targetOf(name)}, so a rollback waits for it again.`,
      `Move the approval to a stage of its own before ${name.stage}.`,
    ),
  ];
}

/** A pipeline runs its actions anew. The mechanism of what it deploys goes back by one write; that of a stack does not. */
function ofTargets(name: StageName, { actions }: Stage): readonly Finding[] {
  const direct = actions.filter(({ provider }) => provider !== 'CloudFormation');
  const targets = direct.flatMap((action) => targetOfAction(action) ?? []);
  if (targets.length === 0) return [];
  return [
    find(
      'faster-target',
      `${targetOf(name)} deploys ${targets.join(' and ')}, which can be rolled back without the pipeline.`,
      `Tag ${targets.length === 1 ? 'it' : 'them'} too, and let the alarm's tag lastgood:target name ${targets.length === 1 ? 'it' : 'them'}.`,
    ),
  ];
}
