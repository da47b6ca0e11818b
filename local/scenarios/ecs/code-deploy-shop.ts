import type {
  BlueGreenDeploymentConfiguration,
  CreateDeploymentGroupInput,
  CreateDeploymentOutput,
  GetDeploymentOutput,
  ListDeploymentsOutput,
} from '@aws-sdk/client-codedeploy';
import type { DescribeTaskSetsResponse } from '@aws-sdk/client-ecs';
import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import type { Stage } from '../stage.ts';
import { openLoadBalancer, type Balancer } from './balancer.ts';
import { putAlarms } from './alarms.ts';
import { completed, GOOD, register, type ReleaseOptions } from './task-definitions.ts';

/** The service of the scenarios under the CODE_DEPLOY controller. */
export interface CodeDeployShop {
  /** ARNs of the task definitions by release; `v0` existed before CodeDeploy. */
  readonly releases: Readonly<Record<string, string>>;
  /** Deploys a release with CodeDeploy. Returns the deployment's id. */
  release(name: string, behaviour?: Partial<Behaviour>, how?: ReleaseOptions): string;
  /** Deploys an earlier release again. Returns the deployment's id. */
  putBack(name: string): string;
  /** Stops the newest deployment as an operator; CodeDeploy goes back only if `goesBack`. Returns when it is over. */
  stop(goesBack?: boolean): Promise<void>;
  /** Sets how many minutes the old task set lives after the shift, from the next deployment on. */
  keepOld(minutes: number): void;
  /** Waits until a deployment is over. */
  ended(deployment: string): Promise<void>;
  /** Returns null if this release serves and no other task set is left to, or else the difference. */
  serves(name: string): string | null;
}

export interface CodeDeployOptions {
  /** AWS tags of the service besides `lastgood`. */
  readonly tags?: Readonly<Record<string, string>>;
  /** AWS tags of the deployment group. */
  readonly groupTags?: Readonly<Record<string, string>>;
  /** How traffic is shifted; all at once, unless the scenario says otherwise. */
  readonly config?: string;
  /** Minutes for which the old task set lives after the shift. */
  readonly keepsOldMinutes?: number;
  readonly group?: Partial<CreateDeploymentGroupInput>;
  /** The first release of CodeDeploy; a good one unless the scenario says otherwise. */
  readonly first?: Partial<Behaviour>;
  /** How the first release of CodeDeploy is registered. */
  readonly firstHow?: ReleaseOptions;
  /** Tasks of the service; four unless the scenario says otherwise. */
  readonly desiredCount?: number;
  /** Puts these alarms in place of the usual two. */
  readonly putAlarms?: (stage: Stage, balancer: Balancer) => void;
  /** Minutes that pass once the first release is in place; ten unless the scenario says otherwise. */
  readonly settlesMinutes?: number;
}

const NAMED = { cluster: 'prod', service: 'checkout' };
const IN_GROUP = { applicationName: 'shop', deploymentGroupName: 'checkout' };
const TAGS = { lastgood: 'auto' };

/** Opens the shop with a release that CodeDeploy has deployed, its traffic and its alarms. */
export async function openCodeDeployShop(
  stage: Stage,
  options: CodeDeployOptions = {},
): Promise<CodeDeployShop> {
  const balancer = openLoadBalancer(stage, { twoGroups: true, withRule: false });
  const releases: Record<string, string> = { v0: register(stage, 'v0', GOOD) };
  createService(stage, balancer, releases['v0'] ?? '', options);
  const shop = shopOf(stage, releases);
  await stage.minutes(2);
  createGroup(stage, balancer, { ...options, config: 'CodeDeployDefault.ECSAllAtOnce', keepsOldMinutes: 0 });
  await shop.ended(shop.release('v1', options.first, options.firstHow));
  (options.putAlarms ?? putAlarms)(stage, balancer);
  updateGroup(stage, options);
  await stage.minutes(options.settlesMinutes ?? 10);
  return shop;
}

function createService(
  stage: Stage,
  { blue }: Balancer,
  taskDefinition: string,
  { tags, desiredCount = 4 }: CodeDeployOptions,
): void {
  stage.call('ecs', 'CreateCluster', { clusterName: 'prod' });
  stage.call('ecs', 'CreateService', {
    cluster: 'prod',
    serviceName: 'checkout',
    taskDefinition,
    desiredCount,
    launchType: 'FARGATE',
    deploymentController: { type: 'CODE_DEPLOY' },
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] },
    },
    loadBalancers: [{ targetGroupArn: blue, containerName: 'checkout', containerPort: 8080 }],
    healthCheckGracePeriodSeconds: 30,
    tags: Object.entries({ ...TAGS, ...tags }).map(([key, value]) => ({ key, value })),
  });
}

function createGroup(stage: Stage, { listener }: Balancer, options: CodeDeployOptions): void {
  const { groupTags = TAGS } = options;
  stage.call('codedeploy', 'CreateApplication', { applicationName: 'shop', computePlatform: 'ECS' });
  stage.call('codedeploy', 'CreateDeploymentGroup', {
    ...IN_GROUP,
    serviceRoleArn: `arn:aws:iam::${ACCOUNT}:role/codedeploy`,
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    ecsServices: [{ clusterName: 'prod', serviceName: 'checkout' }],
    loadBalancerInfo: {
      targetGroupPairInfoList: [
        {
          targetGroups: [{ name: 'checkout-blue' }, { name: 'checkout-green' }],
          prodTrafficRoute: { listenerArns: [listener] },
        },
      ],
    },
    deploymentConfigName: options.config,
    blueGreenDeploymentConfiguration: shiftOf(options),
    tags: Object.entries(groupTags).map(([Key, Value]) => ({ Key, Value })),
  });
}

function updateGroup(stage: Stage, options: CodeDeployOptions): void {
  stage.call('codedeploy', 'UpdateDeploymentGroup', {
    applicationName: IN_GROUP.applicationName,
    currentDeploymentGroupName: IN_GROUP.deploymentGroupName,
    deploymentConfigName: options.config ?? 'CodeDeployDefault.ECSAllAtOnce',
    blueGreenDeploymentConfiguration: shiftOf(options),
    ...options.group,
  });
}

function shiftOf({ keepsOldMinutes = 60 }: CodeDeployOptions): BlueGreenDeploymentConfiguration {
  return {
    deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
    terminateBlueInstancesOnDeploymentSuccess: {
      action: 'TERMINATE',
      terminationWaitTimeInMinutes: keepsOldMinutes,
    },
  };
}

function shopOf(stage: Stage, releases: Record<string, string>): CodeDeployShop {
  const ended: CodeDeployShop['ended'] = (id) =>
    stage.until('the deployment is over', () => isOver(stage, id));
  return {
    releases,
    release(name, behaviour = {}, how = {}) {
      releases[name] = register(stage, name, completed(behaviour), how);
      stage.journal.release(`release ${name} is deployed`);
      return deploy(stage, releases[name]);
    },
    putBack: (name) => {
      stage.journal.note(`an operator puts ${name} back`);
      return deploy(stage, releases[name] ?? '');
    },
    stop: async (goesBack = false) => {
      const { deployments = [] } = stage.call<ListDeploymentsOutput>(
        'codedeploy',
        'ListDeployments',
        IN_GROUP,
      );
      const [deploymentId = ''] = deployments;
      stage.call('codedeploy', 'StopDeployment', { deploymentId, autoRollbackEnabled: goesBack });
      stage.journal.note('an operator stops the deployment');
      await ended(deploymentId);
    },
    keepOld: (keepsOldMinutes) => {
      updateGroup(stage, { keepsOldMinutes });
    },
    ended,
    serves: (name) => {
      const { taskSets = [] } = stage.call<DescribeTaskSetsResponse>('ecs', 'DescribeTaskSets', NAMED);
      const primary = taskSets.find(({ status }) => status === 'PRIMARY')?.taskDefinition;
      return primary === releases[name] ? null : `${primary ?? 'nothing'} serves, not ${name}`;
    },
  };
}

function deploy(stage: Stage, taskDefinition: string): string {
  const content = appSpec(taskDefinition);
  const revision = { revisionType: 'AppSpecContent', appSpecContent: { content } };
  const input = { ...IN_GROUP, revision };
  const { deploymentId = '' } = stage.call<CreateDeploymentOutput>('codedeploy', 'CreateDeployment', input);
  return deploymentId;
}

function isOver(stage: Stage, deploymentId: string): boolean {
  const { deploymentInfo } = stage.call<GetDeploymentOutput>('codedeploy', 'GetDeployment', { deploymentId });
  return ['Succeeded', 'Failed', 'Stopped'].includes(deploymentInfo?.status ?? '');
}

/** Returns an AppSpec as pipelines write it. */
function appSpec(taskDefinition: string): string {
  return [
    'version: 0.0',
    'Resources:',
    '  - TargetService:',
    '      Type: AWS::ECS::Service',
    '      Properties:',
    `        TaskDefinition: "${taskDefinition}"`,
    '        LoadBalancerInfo:',
    '          ContainerName: "checkout"',
    '          ContainerPort: 8080',
  ].join('\n');
}
