import type * as sdk from '@aws-sdk/client-codedeploy';
import type { AwsEvent } from '../../world/aws.ts';
import type { Bundle } from '../../world/fleet/bundles.ts';
import type { AwsService } from '../../world/service.ts';
import { createWorld } from '../../world/world.ts';

export const GOOD: Bundle = { startSeconds: 5, health: 'passes', errorRate: 0, latency: 0.05 };
export const NAMES = { applicationName: 'shop', deploymentGroupName: 'fleet' };

/** The outputs of the operations, as the SDK types them. */
interface Outputs {
  CreateApplication: sdk.CreateApplicationOutput;
  CreateDeploymentGroup: sdk.CreateDeploymentGroupOutput;
  UpdateDeploymentGroup: sdk.UpdateDeploymentGroupOutput;
  DeleteDeploymentGroup: sdk.DeleteDeploymentGroupOutput;
  GetDeploymentGroup: sdk.GetDeploymentGroupOutput;
  CreateDeployment: sdk.CreateDeploymentOutput;
  CreateDeploymentConfig: sdk.CreateDeploymentConfigOutput;
  GetDeployment: sdk.GetDeploymentOutput;
  ListDeployments: sdk.ListDeploymentsOutput;
  StopDeployment: sdk.StopDeploymentOutput;
  ContinueDeployment: object;
  RegisterApplicationRevision: object;
  BatchGetApplicationRevisions: sdk.BatchGetApplicationRevisionsOutput;
  GetApplicationRevision: sdk.GetApplicationRevisionOutput;
  ListDeploymentTargets: sdk.ListDeploymentTargetsOutput;
  BatchGetDeploymentTargets: sdk.BatchGetDeploymentTargetsOutput;
  ListTagsForResource: sdk.ListTagsForResourceOutput;
}

/** Further input of CreateDeployment; `eTag`: the revision names its bundle's. */
export type How = Partial<sdk.CreateDeploymentInput> & { readonly eTag?: boolean };

const OVER = ['Succeeded', 'Failed', 'Stopped'];

/** An application on instances with one deployment group, without a load balancer. */
export class CodeDeployWorld {
  readonly world = createWorld({ seed: 7, start: '2026-11-22T02:00:00.000Z' });
  readonly events: AwsEvent[] = [];

  constructor(settings: Partial<sdk.CreateDeploymentGroupInput> = {}, instances = 4) {
    this.world.onEvent((event) => this.events.push(event));
    this.world.fleet.launch(instances, { app: 'shop' });
    this.call('CreateApplication', { applicationName: 'shop', computePlatform: 'Server' });
    this.call('CreateDeploymentGroup', {
      ...NAMES,
      serviceRoleArn: 'arn:aws:iam::111122223333:role/codedeploy',
      deploymentConfigName: 'CodeDeployDefault.OneAtATime',
      ec2TagFilters: [{ Key: 'app', Value: 'shop' }],
      tags: [{ Key: 'lastgood', Value: 'auto' }],
      ...settings,
    });
  }

  call<Name extends keyof Outputs>(operation: Name, input: object): Outputs[Name] {
    const found = this.world.codedeploy.operations[operation]!;
    return found.run(input as never, { role: 'operator' }) as Outputs[Name];
  }

  /** Puts a bundle on S3 and deploys it; returns the deployment's id. */
  deploy(name: string, bundle: Partial<Bundle> = {}, { eTag: isNamed = false, ...how }: How = {}): string {
    const { eTag } = this.world.bundles.put('bundles', `${name}.zip`, { ...GOOD, ...bundle });
    const { s3Location } = at(name);
    const revision = { ...at(name), s3Location: { ...s3Location, ...(isNamed && { eTag }) } };
    return this.call('CreateDeployment', { ...NAMES, revision, ...how }).deploymentId!;
  }

  show(deploymentId: string): sdk.DeploymentInfo {
    return this.call('GetDeployment', { deploymentId }).deploymentInfo!;
  }

  /** Returns the id of the newest deployment. */
  newest(): string {
    return this.call('ListDeployments', NAMES).deployments![0]!;
  }

  async pass(seconds: number): Promise<void> {
    const { clock } = this.world;
    await clock.run(() => false, clock.now() + seconds * 1000);
  }

  /** Waits until nothing is in progress, including a rollback. */
  async ended(): Promise<sdk.DeploymentInfo> {
    const { clock } = this.world;
    const isOver = () => OVER.includes(this.show(this.newest()).status!);
    do {
      await clock.run(isOver, clock.now() + 7_200_000);
      await this.pass(10);
    } while (!isOver());
    return this.show(this.newest());
  }

  /** Sets an alarm that is in ALARM. */
  alarm(AlarmName: string): void {
    const alarm = {
      AlarmName,
      ...{ Namespace: 'Shop', MetricName: 'Errors', Period: 60, Statistic: 'Sum', Threshold: 1 },
      ...{ EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold' },
    };
    const { operations }: AwsService = this.world.cloudwatch;
    operations['PutMetricAlarm']!.run(alarm as never, { role: 'operator' });
    const state = { AlarmName, StateValue: 'ALARM', StateReason: 'test' };
    operations['SetAlarmState']!.run(state as never, { role: 'operator' });
  }
}

/** Deploys; the last instance fails, which OneAtATime allows. Returns the id of the successful deployment. */
export async function succeedsWithOneFailed(world: CodeDeployWorld, name: string): Promise<string> {
  const id = world.deploy(name);
  await failLast(world, name);
  return id;
}

/** Makes the last instance of the deployment in progress fail to install the bundle. */
export async function failLast(world: CodeDeployWorld, name: string): Promise<void> {
  const { clock, bundles } = world.world;
  const overview = () => world.show(world.newest()).deploymentOverview;
  await clock.run(() => overview()?.Succeeded === 3, clock.now() + 7_200_000);
  bundles.put('bundles', `${name}.zip`, { ...GOOD, validateService: 'fails' });
  const { status, deploymentOverview } = await world.ended();
  if (status !== 'Succeeded' || deploymentOverview?.Failed !== 1)
    throw new Error(`it is ${status}, with ${deploymentOverview?.Failed} failed instances`);
}

export function at(name: string): sdk.RevisionLocation {
  return {
    revisionType: 'S3',
    s3Location: { bucket: 'bundles', key: `${name}.zip`, bundleType: 'zip' },
  };
}

export function idOf(name: string): string {
  return `s3://bundles/${name}.zip?type=zip`;
}
