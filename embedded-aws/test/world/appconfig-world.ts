import type * as sdk from '@aws-sdk/client-appconfig';
import { createAppConfig } from '../../world/appconfig/appconfig.ts';
import type { AlarmStates, Datum } from '../../world/seams.ts';
import { AwsError } from '../../world/service.ts';
import { surround } from './elb-shop.ts';

export const GOOD = { limit: 10 };
export const BAD = { limit: 0, EMBEDDED_AWS_ERRORS: '1' };
export const ALARM = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:prod-errors';

interface Outputs {
  CreateApplication: sdk.Application;
  CreateConfigurationProfile: sdk.ConfigurationProfile;
  CreateDeploymentStrategy: sdk.DeploymentStrategy;
  CreateEnvironment: sdk.Environment;
  CreateHostedConfigurationVersion: sdk.HostedConfigurationVersion;
  DeleteApplication: object;
  DeleteConfigurationProfile: object;
  DeleteDeploymentStrategy: object;
  DeleteEnvironment: object;
  DeleteHostedConfigurationVersion: object;
  GetApplication: sdk.Application;
  GetConfigurationProfile: sdk.ConfigurationProfile;
  GetDeployment: sdk.Deployment;
  GetEnvironment: sdk.Environment;
  ListApplications: sdk.Applications;
  ListConfigurationProfiles: sdk.ConfigurationProfiles;
  ListDeployments: sdk.Deployments;
  ListEnvironments: sdk.Environments;
  ListHostedConfigurationVersions: sdk.HostedConfigurationVersions;
  ListTagsForResource: sdk.ResourceTags;
  StartDeployment: sdk.Deployment;
  StopDeployment: sdk.Deployment;
  TagResource: object;
  UntagResource: object;
  UpdateEnvironment: sdk.Environment;
}

/** The application `shop` with the environment `prod`, and the profile `flags` with its version 1 complete. */
export class AppConfigWorld {
  readonly surroundings = surround();
  readonly measured: Datum[] = [];
  /** States of alarms, by name. Others do not exist. */
  readonly alarms = new Map<string, ReturnType<AlarmStates['alarmState']>>();
  readonly appconfig = createAppConfig(this.surroundings, {
    alarms: { alarmState: (name) => this.alarms.get(name) ?? null },
    metrics: { record: (datum) => this.measured.push(datum) },
  });
  readonly app: string;
  readonly env: string;
  readonly profile: string;
  /** A strategy without bake time and growth. */
  readonly atOnce: string;

  constructor() {
    this.app = this.call('CreateApplication', { Name: 'shop' }).Id!;
    const ApplicationId = this.app;
    this.env = this.call('CreateEnvironment', {
      ApplicationId,
      Name: 'prod',
      Tags: { lastgood: 'auto' },
    }).Id!;
    this.profile = this.addProfile('flags');
    this.atOnce = this.strategy(0, 0);
    this.publish(GOOD);
    this.deploy(1);
  }

  get clock() {
    return this.surroundings.clock;
  }

  get ids() {
    return { ApplicationId: this.app, EnvironmentId: this.env };
  }

  get environmentArn(): string {
    return `arn:aws:appconfig:eu-west-1:111122223333:application/${this.app}/environment/${this.env}`;
  }

  get target(): string {
    return `appconfig:${this.app}/${this.env}/${this.profile}`;
  }

  call<Name extends keyof Outputs>(operation: Name, input: object): Outputs[Name] {
    return this.appconfig.operations[operation]!.run(input as never, { role: 'operator' }) as Outputs[Name];
  }

  /** Returns the code of a call's AWS error; null if it succeeds. */
  refusal(operation: keyof Outputs, input: object): string | null {
    try {
      this.call(operation, input);
      return null;
    } catch (error) {
      if (error instanceof AwsError) return error.code;
      throw error;
    }
  }

  addProfile(Name: string): string {
    const input = { ApplicationId: this.app, Name, LocationUri: 'hosted' };
    return this.call('CreateConfigurationProfile', input).Id!;
  }

  strategy(
    minutes: number,
    bake: number,
    growth: 'LINEAR' | 'EXPONENTIAL' = 'LINEAR',
    GrowthFactor = 20,
  ): string {
    return this.call('CreateDeploymentStrategy', {
      ...{ Name: 'own', DeploymentDurationInMinutes: minutes, FinalBakeTimeInMinutes: bake },
      ...{ GrowthType: growth, GrowthFactor, ReplicateTo: 'NONE' },
    }).Id!;
  }

  publish(content: object, ConfigurationProfileId = this.profile, more: object = {}): number {
    return this.call('CreateHostedConfigurationVersion', {
      ...{ ApplicationId: this.app, ConfigurationProfileId, ContentType: 'application/json', ...more },
      Content: new TextEncoder().encode(JSON.stringify(content)),
    }).VersionNumber!;
  }

  /** Deploys a version at once, if no other strategy is named. Returns the number of the deployment. */
  deploy(version: number, DeploymentStrategyId = this.atOnce, more: object = {}): number {
    const ConfigurationProfileId = this.profile;
    const input = { ...this.ids, ConfigurationProfileId, DeploymentStrategyId, ...more };
    return this.call('StartDeployment', { ConfigurationVersion: String(version), ...input })
      .DeploymentNumber!;
  }

  /** Publishes a configuration, and deploys it. */
  release(content: object, strategy = this.atOnce): number {
    return this.deploy(this.publish(content), strategy);
  }

  stop(DeploymentNumber: number, AllowRevert = true): sdk.Deployment {
    return this.call('StopDeployment', { ...this.ids, DeploymentNumber, AllowRevert });
  }

  deployment(DeploymentNumber: number): sdk.Deployment {
    return this.call('GetDeployment', { ...this.ids, DeploymentNumber });
  }

  monitor(AlarmArn = ALARM): void {
    this.call('UpdateEnvironment', { ...this.ids, Monitors: [{ AlarmArn }] });
  }

  /** Returns the share of failed requests now. */
  failing(requests = 100): number {
    const answers = this.appconfig.clients.serve(requests, this.clock.now());
    const failed = answers.filter(({ status }) => status !== 200);
    return failed.reduce((sum, { count }) => sum + count, 0) / requests;
  }

  pass(seconds: number): Promise<void> {
    return this.surroundings.run(seconds);
  }
}
