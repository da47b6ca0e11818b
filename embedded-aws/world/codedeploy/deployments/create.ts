import type { CreateDeploymentInput, DeploymentCreator, RevisionLocation } from '@aws-sdk/client-codedeploy';
import { invalid } from '../errors.ts';
import type { Deployment, Group } from '../model.ts';
import { register } from '../revisions.ts';
import { deploymentId, now, platformOf, type CodeDeployState } from '../state.ts';
import { hasEnded, lastGoodRevision } from '../status.ts';
import { begin } from './begin.ts';

/** The settings of a new deployment, besides the group. */
export interface Making {
  readonly asked: CreateDeploymentInput;
  readonly revision: RevisionLocation | undefined;
  readonly creator: DeploymentCreator;
  readonly rollbackOf: Deployment | null;
}

/** Seconds from Created to InProgress. AWS gives no figure. */
const CREATED_SECONDS: readonly [number, number] = [1, 4];

/**
 * Creates a deployment, which begins a moment later.
 * @throws AwsError DeploymentLimitExceededException while another deployment of the group is in progress
 */
export function create(state: CodeDeployState, group: Group, making: Making): Deployment {
  const active = group.deployments.find((other) => !hasEnded(other));
  if (active !== undefined) {
    throw invalid(
      'DeploymentLimitExceededException',
      `The Deployment Group '${group.name}' already has an active Deployment '${active.id}'`,
    );
  }
  const deployment = newDeployment(state, group, making);
  platformOf(state, group).checkDeployment(deployment);
  group.deployments.push(deployment);
  state.deployments.set(deployment.id, deployment);
  const [min, max] = CREATED_SECONDS;
  state.surroundings.clock.after(state.chance.between(min, max) * 1000, () => begin(state, deployment));
  return deployment;
}

function newDeployment(state: CodeDeployState, group: Group, making: Making): Deployment {
  const { asked, revision, creator, rollbackOf } = making;
  const configName =
    asked.deploymentConfigName ?? group.settings.deploymentConfigName ?? defaultConfig(group);
  const deployment: Deployment = {
    id: deploymentId(state),
    group,
    asked,
    revision: register(group.application, revision),
    previousRevision: lastGoodRevision(group),
    configName,
    minimumHealthy: state.configs.get(configName) ?? null,
    creator,
    rollbackOf,
    deployBack: (to) => deployBack(state, deployment, to),
    createTime: now(state),
    startTime: null,
    completeTime: null,
    status: 'Created',
    error: null,
    rollbackInfo: rollbackOf === null ? {} : { rollbackTriggeringDeploymentId: rollbackOf.id },
    terminationWaitStarted: false,
    run: null,
  };
  return deployment;
}

function deployBack(state: CodeDeployState, deployment: Deployment, revision: RevisionLocation): Deployment {
  const { group } = deployment;
  const asked = { applicationName: group.application.name, deploymentGroupName: group.name };
  return create(state, group, { asked, revision, creator: 'codeDeployRollback', rollbackOf: deployment });
}

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html */
function defaultConfig({ application }: Group): string {
  const defaults = {
    Server: 'CodeDeployDefault.OneAtATime',
    Lambda: 'CodeDeployDefault.LambdaAllAtOnce',
    ECS: 'CodeDeployDefault.ECSAllAtOnce',
    Kubernetes: '',
  } as const;
  return defaults[application.platform as keyof typeof defaults];
}
