import type {
  AutoRollbackEvent,
  CreateDeploymentGroupInput,
  CreateDeploymentInput,
  CreateDeploymentOutput,
  GetDeploymentGroupOutput,
  S3Location,
} from '@aws-sdk/client-codedeploy';
import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import type { Bundle } from '@lastgood/embedded-aws/world/fleet/bundles.ts';
import { BUNDLES, type Stage } from '../stage.ts';
import { GROUP, openBalancer } from './balancer.ts';

/** The deployment group of the stories on instances: `fleet` of the application `checkout`, behind a load balancer. */
export const FLEET = 'codedeploy:checkout/fleet';

/** What a good bundle does. Faults are said as what differs from it. */
export const GOOD: Bundle = { startSeconds: 5, health: 'passes', errorRate: 0.0001, latency: 0.08 };

const SOAK_MINUTES = 5;
const names = { applicationName: 'checkout', deploymentGroupName: 'fleet' };

export interface FarmOptions {
  /** AWS tags of the deployment group. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly instances?: number;
  /** `OneAtATime`, `HalfAtATime`, `AllAtOnce`. */
  readonly config?: string;
  /** Settings of the deployment group that the story is about. */
  readonly settings?: Partial<CreateDeploymentGroupInput>;
  /** Waits until the first release is proven in the ledger. */
  readonly proven?: boolean;
  /** All releases are put under this one key, as a careless pipeline does. */
  readonly key?: string;
  /** The bucket keeps versions, and releases name theirs. */
  readonly versions?: true;
  /** The first bundle; good unless the story says otherwise. */
  readonly first?: Partial<Bundle>;
}

/** What stories do with the fleet. */
export interface DeploymentGroup {
  /** Puts a bundle on S3 and deploys it; answers with the id of the deployment. */
  release(name: string, bundle?: Partial<Bundle>, how?: Partial<CreateDeploymentInput>): string;
  /** Deploys a release again as it lies on S3. */
  again(name: string): void;
  /** Waits until no deployment is under way any more. */
  deployed(): Promise<void>;
}

/** Starts instances, makes a deployment group of them, and deploys the first release. */
export async function openDeploymentGroup(stage: Stage, options: FarmOptions = {}): Promise<DeploymentGroup> {
  const { instances = 4, proven = true, first = {} } = options;
  openBalancer(stage);
  stage.world.fleet.launch(instances, { app: 'checkout' });
  stage.call('codedeploy', 'CreateApplication', { applicationName: 'checkout', computePlatform: 'Server' });
  createGroup(stage, options);
  if (options.versions) stage.world.bundles.keepVersions(BUNDLES);
  const farm = farmOf(stage, options);
  farm.release('v1', first);
  await farm.deployed();
  await stage.minutes(3);
  if (proven) await stage.minutes(SOAK_MINUTES + 4);
  return farm;
}

function createGroup(stage: Stage, { tags, config = 'HalfAtATime', settings = {} }: FarmOptions): void {
  const all = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...tags };
  const group: CreateDeploymentGroupInput = {
    ...names,
    serviceRoleArn: `arn:aws:iam::${ACCOUNT}:role/codedeploy`,
    deploymentConfigName: `CodeDeployDefault.${config}`,
    ec2TagFilters: [{ Type: 'KEY_AND_VALUE', Key: 'app', Value: 'checkout' }],
    deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    loadBalancerInfo: { targetGroupInfoList: [{ name: GROUP }] },
    tags: Object.entries(all).map(([Key, Value]) => ({ Key, Value })),
    ...settings,
  };
  stage.call('codedeploy', 'CreateDeploymentGroup', group);
}

function farmOf(stage: Stage, { key, versions }: FarmOptions): DeploymentGroup {
  return {
    release(name, bundle = {}, how = {}) {
      const at = key ?? bundleKey(name);
      const { eTag, versionId } = stage.world.bundles.put(BUNDLES, at, { ...GOOD, ...bundle });
      const s3Location: S3Location = {
        ...{ bucket: BUNDLES, key: at, bundleType: 'zip' },
        // Under one key, only these tell bundles apart.
        ...(key !== undefined && { eTag }),
        ...(versions && { version: versionId }),
      };
      const { deploymentId = '' } = stage.call<CreateDeploymentOutput>('codedeploy', 'CreateDeployment', {
        ...names,
        revision: { revisionType: 'S3', s3Location },
        ...how,
      });
      stage.journal.note(`release ${name} is deployed`);
      return deploymentId;
    },
    again(name) {
      const s3Location: S3Location = { bucket: BUNDLES, key: key ?? bundleKey(name), bundleType: 'zip' };
      const revision = { revisionType: 'S3', s3Location };
      stage.call('codedeploy', 'CreateDeployment', { ...names, revision });
      stage.journal.note(`release ${name} is deployed again`);
    },
    deployed: () => stage.until('the deployment is over', () => !isDeploying(stage)),
  };
}

/** Under which key a release lies. */
export function bundleKey(name: string): string {
  return `checkout-${name}.zip`;
}

/** Each release goes to instances of its own; the old ones are terminated so many minutes after the traffic moved. */
export function blueGreen(terminationWaitTimeInMinutes: number): Partial<CreateDeploymentGroupInput> {
  return {
    deploymentConfigName: 'CodeDeployDefault.AllAtOnce',
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    loadBalancerInfo: { targetGroupInfoList: [{ name: GROUP }] },
    blueGreenDeploymentConfiguration: {
      greenFleetProvisioningOption: { action: 'COPY_AUTO_SCALING_GROUP' },
      deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
      terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes },
    },
  };
}

/** CodeDeploy's own rollback is wanted after these events. */
export function rollsBackOn(...events: readonly AutoRollbackEvent[]): Partial<CreateDeploymentGroupInput> {
  return { autoRollbackConfiguration: { enabled: true, events: [...events] } };
}

/** The group's deployments stop when this alarm turns. */
export const WATCHED = {
  alarmConfiguration: { enabled: true, alarms: [{ name: 'checkout-errors' }] },
} satisfies Partial<CreateDeploymentGroupInput>;

export function groupNow(stage: Stage) {
  const { deploymentGroupInfo = {} } = stage.call<GetDeploymentGroupOutput>(
    'codedeploy',
    'GetDeploymentGroup',
    names,
  );
  return deploymentGroupInfo;
}

export function isDeploying(stage: Stage): boolean {
  const { status = '' } = groupNow(stage).lastAttemptedDeployment ?? {};
  return !['Succeeded', 'Failed', 'Stopped'].includes(status);
}

/** Null when the group's last deployment that went well is of this release; else which one is. */
export function runs(stage: Stage, name: string): string | null {
  const { key = 'nothing' } = groupNow(stage).targetRevision?.s3Location ?? {};
  return key === bundleKey(name) ? null : `the group was last given ${key}, not ${name}`;
}
