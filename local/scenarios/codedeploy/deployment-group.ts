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

/**
 * The deployment group of the scenarios on instances: `fleet` of the application `checkout`, behind a load balancer.
 */
export const FLEET = 'codedeploy:checkout/fleet';

/** Behaviour of a good bundle. Faults are given as differences from it. */
export const GOOD: Bundle = { startSeconds: 5, health: 'passes', errorRate: 0.0001, latency: 0.08 };

/** Returns a whole bundle as the object that it is, because its answers may change with time. */
function completed(bundle: Partial<Bundle>): Bundle {
  return Object.keys(GOOD).every((key) => key in bundle) ? (bundle as Bundle) : { ...GOOD, ...bundle };
}

const SOAK_MINUTES = 5;
const OWN_CONFIG = 'checkout';
const names = { applicationName: 'checkout', deploymentGroupName: 'fleet' };

export interface DeploymentGroupOptions {
  /** AWS tags of the deployment group. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly instances?: number;
  /** `OneAtATime`, `HalfAtATime`, `AllAtOnce`. */
  readonly config?: string;
  /** A configuration of the user's own, which keeps at least so many instances in service. */
  readonly keeps?: number;
  /** Settings of the deployment group that the scenario is about. */
  readonly settings?: Partial<CreateDeploymentGroupInput>;
  /** Waits until the first release is proven in the ledger. */
  readonly proven?: boolean;
  /** The only key of all releases, as careless pipelines use it. */
  readonly key?: string;
  /** The bucket keeps versions, and releases name theirs. */
  readonly versions?: true;
  /** Puts these alarms in place of the usual one. */
  readonly putAlarms?: Parameters<typeof openBalancer>[1];
  /** The first bundle; good unless the scenario says otherwise. */
  readonly first?: Partial<Bundle>;
}

/** Actions of a scenario on the deployment group. */
export interface DeploymentGroup {
  /** Puts a bundle on S3 and deploys it. Returns the id of the deployment. */
  release(name: string, bundle?: Partial<Bundle>, how?: Partial<CreateDeploymentInput>): string;
  /** Deploys a release again, as it is on S3. */
  again(name: string): void;
  /** Waits until no deployment is in progress. */
  deployed(): Promise<void>;
}

/** Starts instances, makes a deployment group of them, and deploys the first release. */
export async function openDeploymentGroup(
  stage: Stage,
  options: DeploymentGroupOptions = {},
): Promise<DeploymentGroup> {
  const { instances = 4, proven = true, first = {} } = options;
  openBalancer(stage, options.putAlarms);
  stage.world.fleet.launch(instances, { app: 'checkout' });
  stage.call('codedeploy', 'CreateApplication', { applicationName: 'checkout', computePlatform: 'Server' });
  createGroup(stage, options);
  if (options.versions) stage.world.bundles.keepVersions(BUNDLES);
  const group = groupOf(stage, options);
  group.release('v1', first);
  await group.deployed();
  await stage.minutes(3);
  if (proven) await stage.minutes(SOAK_MINUTES + 4);
  return group;
}

function createGroup(
  stage: Stage,
  { tags, config = 'HalfAtATime', keeps, settings = {} }: DeploymentGroupOptions,
): void {
  if (keeps !== undefined)
    stage.call('codedeploy', 'CreateDeploymentConfig', {
      deploymentConfigName: OWN_CONFIG,
      minimumHealthyHosts: { type: 'HOST_COUNT', value: keeps },
    });
  const all = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...tags };
  const group: CreateDeploymentGroupInput = {
    ...names,
    serviceRoleArn: `arn:aws:iam::${ACCOUNT}:role/codedeploy`,
    deploymentConfigName: keeps === undefined ? `CodeDeployDefault.${config}` : OWN_CONFIG,
    ec2TagFilters: [{ Type: 'KEY_AND_VALUE', Key: 'app', Value: 'checkout' }],
    deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    loadBalancerInfo: { targetGroupInfoList: [{ name: GROUP }] },
    tags: Object.entries(all).map(([Key, Value]) => ({ Key, Value })),
    ...settings,
  };
  stage.call('codedeploy', 'CreateDeploymentGroup', group);
}

function groupOf(stage: Stage, { key, versions }: DeploymentGroupOptions): DeploymentGroup {
  return {
    release(name, bundle = {}, how = {}) {
      const at = key ?? bundleKey(name);
      const { eTag, versionId } = stage.world.bundles.put(BUNDLES, at, completed(bundle));
      const s3Location: S3Location = {
        ...{ bucket: BUNDLES, key: at, bundleType: 'zip' },
        // Releases with the same key differ only in these.
        ...(key !== undefined && { eTag }),
        ...(versions && { version: versionId }),
      };
      const { deploymentId = '' } = stage.call<CreateDeploymentOutput>('codedeploy', 'CreateDeployment', {
        ...names,
        revision: { revisionType: 'S3', s3Location },
        ...how,
      });
      stage.journal.release(`release ${name} is deployed`);
      return deploymentId;
    },
    again(name) {
      const at = key ?? bundleKey(name);
      const newest = stage.world.bundles.of(BUNDLES, at).at(-1);
      const s3Location: S3Location = {
        ...{ bucket: BUNDLES, key: at, bundleType: 'zip' },
        ...(versions && { version: newest?.versionId }),
      };
      const revision = { revisionType: 'S3', s3Location };
      stage.call('codedeploy', 'CreateDeployment', { ...names, revision });
      stage.journal.release(`release ${name} is deployed again`);
    },
    deployed: () => stage.until('the deployment is over', () => !isDeploying(stage)),
  };
}

/** Returns the key of a release. */
export function bundleKey(name: string): string {
  return `checkout-${name}.zip`;
}

/**
 * Settings for blue/green: each release goes to new instances, and the old ones end this many minutes after the traffic
 * moved.
 */
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

/** Settings for CodeDeploy's own rollback after these events. */
export function rollsBackOn(...events: readonly AutoRollbackEvent[]): Partial<CreateDeploymentGroupInput> {
  return { autoRollbackConfiguration: { enabled: true, events: [...events] } };
}

/** Settings that stop a deployment of the group when this alarm turns. */
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

/** Returns null if the group's last successful deployment is of this release, or else the other one. */
export function runs(stage: Stage, name: string): string | null {
  const { key = 'nothing' } = groupNow(stage).targetRevision?.s3Location ?? {};
  return key === bundleKey(name) ? null : `the group runs ${key}, not ${name}`;
}
