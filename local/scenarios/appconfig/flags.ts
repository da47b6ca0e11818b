import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type * as sdk from '@aws-sdk/client-appconfig';
import { arn } from '@lastgood/embedded-aws/world/aws.ts';
import type { Effect } from '@lastgood/embedded-aws/world/appconfig/model.ts';
import type { Stage } from '../stage.ts';

/** The profile of the AppConfig scenarios. Its ids differ from seed to seed. */
export const TARGET = 'appconfig:the flags of shop in prod';

export const GOOD = { limit: '10', EMBEDDED_AWS_ERRORS: '0.0001' };
export const FAULTY = { limit: '0', EMBEDDED_AWS_ERRORS: '0.4' };

const SOAK_MINUTES = 5;
const LATER_MINUTES = 10;
const ALARM = 'shop-errors';

export interface FlagsOptions {
  /** AWS tags of the environment. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The first configuration; good unless the scenario says otherwise. */
  readonly first?: object;
  /** Waits until the first version is proven in the ledger. */
  readonly proven?: boolean;
  /** The alarm is a monitor of the environment too. */
  readonly monitored?: boolean;
  /** Its name. */
  readonly alarm?: string;
  /** How the application behaves with the first configuration; absent: as its content asks. */
  readonly effect?: Effect;
  /** Puts these alarms in place of the usual one. */
  readonly putAlarms?: (target: string) => void;
}

/** A strategy by its minutes. */
export interface Pace {
  readonly minutes: number;
  readonly bake: number;
}

/** Actions of a scenario on the application `shop`, its environment `prod` and its profile `flags`. */
export interface Flags {
  readonly target: string;
  readonly ids: { readonly ApplicationId: string; readonly EnvironmentId: string };
  readonly profile: string;
  /** Creates a version. Returns its number. @param effect how the application behaves with it */
  publish(content: object, profile?: string, effect?: Effect): string;
  /** Deploys a version, at once unless a pace says otherwise. Returns the number of the deployment. */
  deploy(version: string, pace?: Pace, profile?: string): number;
  /** Creates a version and deploys it. Returns the number of the deployment. */
  release(content: object, pace?: Pace): number;
  /** Stops or reverts a deployment, as a person does in the console. */
  takeBack(number: number): void;
  addProfile(name: string): string;
  strategy(pace: Pace): string;
  /** Returns the deployments, newest first. */
  deployments(): readonly sdk.DeploymentSummary[];
  /** Waits until the running version is proven. */
  soaked(): Promise<void>;
}

const AT_ONCE: Pace = { minutes: 0, bake: 0 };

export async function openFlags(stage: Stage, options: FlagsOptions = {}): Promise<Flags> {
  const { first = GOOD, proven = true, monitored = false, alarm = ALARM } = options;
  const { Id: ApplicationId = '' } = stage.call<sdk.Application>('appconfig', 'CreateApplication', {
    Name: 'shop',
  });
  const AlarmArn = arn('cloudwatch', `alarm:${alarm}`);
  const { Id: EnvironmentId = '' } = stage.call<sdk.Environment>('appconfig', 'CreateEnvironment', {
    ...{ ApplicationId, Name: 'prod', Monitors: monitored ? [{ AlarmArn }] : [] },
    Tags: { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...options.tags },
  });
  const flags = createFlags(stage, { ApplicationId, EnvironmentId });
  if (options.putAlarms === undefined) putAlarm(stage, flags.target);
  else options.putAlarms(flags.target);
  flags.deploy(flags.publish(first, undefined, options.effect));
  await stage.minutes(3);
  // A monitor watches the soak. Without data it was not OK, and the sweep looks again ten minutes later.
  if (proven) await stage.minutes(monitored ? LATER_MINUTES : 0);
  if (proven) await flags.soaked();
  return flags;
}

function createFlags(stage: Stage, ids: Flags['ids']): Flags {
  const strategy: Flags['strategy'] = ({ minutes, bake }) =>
    stage.call<sdk.DeploymentStrategy>('appconfig', 'CreateDeploymentStrategy', {
      ...{ Name: 'own', DeploymentDurationInMinutes: minutes, FinalBakeTimeInMinutes: bake },
      ...{ GrowthType: 'LINEAR', GrowthFactor: 25, ReplicateTo: 'NONE' },
    }).Id ?? '';
  const addProfile: Flags['addProfile'] = (Name) => {
    const input = { ApplicationId: ids.ApplicationId, Name, LocationUri: 'hosted' };
    return stage.call<sdk.ConfigurationProfile>('appconfig', 'CreateConfigurationProfile', input).Id ?? '';
  };
  const own = addProfile('flags');
  const publish: Flags['publish'] = (content, ConfigurationProfileId = own, effect) => {
    const { VersionNumber } = stage.call<sdk.HostedConfigurationVersion>(
      'appconfig',
      'CreateHostedConfigurationVersion',
      {
        ...{ ApplicationId: ids.ApplicationId, ConfigurationProfileId, ContentType: 'application/json' },
        Content: new TextEncoder().encode(JSON.stringify(content)),
      },
    );
    if (effect !== undefined)
      stage.world.appconfig.behaves(
        { ApplicationId: ids.ApplicationId, ConfigurationProfileId, VersionNumber },
        effect,
      );
    return String(VersionNumber);
  };
  const deploy: Flags['deploy'] = (ConfigurationVersion, pace = AT_ONCE, ConfigurationProfileId = own) => {
    const DeploymentStrategyId = strategy(pace);
    const input = { ...ids, ConfigurationProfileId, ConfigurationVersion, DeploymentStrategyId };
    const { DeploymentNumber = 0 } = stage.call<sdk.Deployment>('appconfig', 'StartDeployment', input);
    stage.journal.release(`version ${ConfigurationVersion} is deployed to the clients`);
    return DeploymentNumber;
  };
  return {
    ...{ target: `appconfig:${ids.ApplicationId}/${ids.EnvironmentId}/${own}`, ids, profile: own },
    ...{ publish, deploy, addProfile, strategy },
    release: (content, pace) => deploy(publish(content), pace),
    takeBack: (DeploymentNumber) => {
      stage.call('appconfig', 'StopDeployment', { ...ids, DeploymentNumber, AllowRevert: true });
      stage.journal.note(`a person takes deployment ${DeploymentNumber} back`);
    },
    deployments: () => stage.call<sdk.Deployments>('appconfig', 'ListDeployments', ids).Items ?? [],
    soaked: () => stage.minutes(SOAK_MINUTES + 4),
  };
}

function putAlarm(stage: Stage, target: string): void {
  const metric = (Id: string, MetricName: string) => ({
    ...{ Id, ReturnData: false },
    MetricStat: {
      Metric: { Namespace: 'Flags', MetricName, Dimensions: [{ Name: 'Environment', Value: 'shop/prod' }] },
      ...{ Period: 60, Stat: 'Sum' },
    },
  });
  const alarm: PutMetricAlarmInput = {
    AlarmName: ALARM,
    ...{ EvaluationPeriods: 2, DatapointsToAlarm: 2, Threshold: 2 },
    ...{ ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'missing' },
    Metrics: [
      { Id: 'share', Expression: '100 * errors / requests', ReturnData: true },
      metric('errors', 'Errors'),
      metric('requests', 'Requests'),
    ],
    Tags: [{ Key: 'lastgood:target', Value: target }],
  };
  stage.call('cloudwatch', 'PutMetricAlarm', alarm);
}

/** Returns null if the newest deployments have these versions and states, newest first: `2 REVERTED`. */
export function ended(stage: Stage, ...wanted: readonly string[]): string | null {
  const { Items: [application] = [] } = stage.call<sdk.Applications>('appconfig', 'ListApplications', {});
  const ApplicationId = application?.Id ?? '';
  const { Items: [environment] = [] } = stage.call<sdk.Environments>('appconfig', 'ListEnvironments', {
    ApplicationId,
  });
  const ids = { ApplicationId, EnvironmentId: environment?.Id };
  const { Items = [] } = stage.call<sdk.Deployments>('appconfig', 'ListDeployments', ids);
  const found = Items.map(({ ConfigurationVersion = '', State = '' }) => `${ConfigurationVersion} ${State}`);
  const same = wanted.every((one, at) => one === found[at]);
  return same ? null : `the deployments are ${found.join(', ')}, not ${wanted.join(', ')}`;
}
