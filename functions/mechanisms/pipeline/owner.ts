import type { Tags } from '../../../src/rollback/plan.ts';
import { targetOf, type StageName } from '../../../src/targets/kinds/pipeline/target.ts';
import { TARGET_TAG } from '../../../src/targets/tag.ts';
import type { Action, Stage, StageState } from './codepipeline.ts';

/** Returns why another target is rolled back instead, by the pipeline's tag. Null: it names this stage, or none. */
export function ownedBy(name: StageName, tags: Tags): string | null {
  const owner = tags[TARGET_TAG];
  const target = targetOf(name);
  if (owner === undefined || owner.split(' ').includes(target)) return null;
  return `${owner} is what ${target} deploys, by the tag ${TARGET_TAG} of its pipeline: roll that back instead`;
}

/** The configuration that names what an action deploys to, by its provider (action reference of the user guide). */
const DEPLOYS: Readonly<Record<string, readonly [kind: string, ...names: string[]]>> = {
  AppConfig: ['appconfig', 'Application', 'Environment', 'ConfigurationProfile'],
  CloudFormation: ['cloudformation', 'StackName'],
  CodeDeploy: ['codedeploy', 'ApplicationName', 'DeploymentGroupName'],
  CodeDeployToECS: ['codedeploy', 'ApplicationName', 'DeploymentGroupName'],
  ECS: ['ecs', 'ClusterName', 'ServiceName'],
  Lambda: ['lambda', 'FunctionName', 'FunctionAlias'],
};

/** Returns the target that an action deploys to. Null: it is not known. */
export function targetOfAction({ provider, configuration }: Action): string | null {
  const [kind, ...names] = Object.hasOwn(DEPLOYS, provider) ? (DEPLOYS[provider] ?? []) : [];
  const values = names.map((name) => configuration[name] ?? '');
  // `#{…}` is a variable of the execution.
  const isKnown = kind !== undefined && values.every((value) => value !== '' && !value.includes('#{'));
  return isKnown ? `${kind}:${values.join('/')}` : null;
}

/** Says that AWS rolls back no stage that runs, and what can be rolled back instead. */
export function whyRunning(
  { name, actions }: Stage,
  { actions: states }: StageState,
  execution: string,
): string {
  const running = states.filter(({ status }) => status === 'InProgress').map((one) => one.name);
  const targets = actions
    .filter((action) => running.includes(action.name))
    .flatMap((action) => targetOfAction(action) ?? []);
  const instead =
    targets.length > 0 ? `roll back ${targets.join(' and ')} instead` : 'ask again when the stage has ended';
  const action = running.length > 0 ? ` (action ${running.join(', ')})` : '';
  return `the stage ${name} runs execution ${execution}${action}, and AWS rolls back no stage that runs: ${instead}`;
}
