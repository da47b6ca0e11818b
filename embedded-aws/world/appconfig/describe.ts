import type * as sdk from '@aws-sdk/client-appconfig';
import type { Application, Deployment, Environment, Profile, Strategy, Version } from './model.ts';

export function describeApplication({ id, name }: Application): sdk.Application {
  return { Id: id, Name: name };
}

export function describeEnvironment(environment: Environment): sdk.Environment {
  const { application, id, name, description, monitors } = environment;
  return {
    ...{ ApplicationId: application.id, Id: id, Name: name, State: stateOf(environment) },
    ...(description !== undefined && { Description: description }),
    Monitors: [...monitors],
  };
}

/** https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_GetEnvironment.html */
function stateOf({ deployments }: Environment): sdk.EnvironmentState {
  switch (deployments.at(-1)?.state) {
    case 'VALIDATING':
    case 'DEPLOYING':
    case 'BAKING':
      return 'DEPLOYING';
    case 'ROLLING_BACK':
      return 'ROLLING_BACK';
    case 'ROLLED_BACK':
      return 'ROLLED_BACK';
    case 'REVERTED':
      return 'REVERTED';
    default:
      return 'READY_FOR_DEPLOYMENT';
  }
}

export function describeProfile(profile: Profile): sdk.ConfigurationProfileSummary {
  const { application, id, name, locationUri, type } = profile;
  return { ApplicationId: application.id, Id: id, Name: name, LocationUri: locationUri, Type: type };
}

export function describeVersion(
  { application, id }: Profile,
  { number, contentType, label, description }: Version,
): sdk.HostedConfigurationVersionSummary {
  return {
    ...{ ApplicationId: application.id, ConfigurationProfileId: id },
    ...{ VersionNumber: number, ContentType: contentType },
    ...(label !== undefined && { VersionLabel: label }),
    ...(description !== undefined && { Description: description }),
  };
}

export function describeStrategy({ id, name, ...of }: Strategy): sdk.DeploymentStrategy {
  return {
    ...{ Id: id, Name: name, DeploymentDurationInMinutes: of.minutes, GrowthType: of.growth },
    ...{ GrowthFactor: of.factor, FinalBakeTimeInMinutes: of.bakeMinutes, ReplicateTo: 'NONE' },
  };
}

export function summarise(deployment: Deployment): sdk.DeploymentSummary {
  return { ...summaryOf(deployment), Type: deployment.type };
}

/** The details have no type: only the list has. */
function summaryOf({ profile, version, strategy, ...of }: Deployment) {
  return {
    ...{ DeploymentNumber: of.number, ConfigurationProfileId: profile.id, ConfigurationName: profile.name },
    ...{ ConfigurationVersion: String(version.number), DeploymentDurationInMinutes: strategy.minutes },
    ...{ GrowthType: strategy.growth, GrowthFactor: strategy.factor },
    ...{ FinalBakeTimeInMinutes: strategy.bakeMinutes, State: of.state, PercentageComplete: of.percent },
    StartedAt: new Date(of.startedAt),
    ...(of.completedAt !== null && { CompletedAt: new Date(of.completedAt) }),
    ...(version.label !== undefined && { VersionLabel: version.label }),
  };
}

export function describeDeployment(deployment: Deployment): sdk.Deployment {
  const { environment, profile, strategy, description, log } = deployment;
  return {
    ...summaryOf(deployment),
    ...{ ApplicationId: environment.application.id, EnvironmentId: environment.id },
    ...{ DeploymentStrategyId: strategy.id, ConfigurationLocationUri: profile.locationUri },
    ...(description !== undefined && { Description: description }),
    EventLog: log.map((event) => ({ ...event })),
    AppliedExtensions: [],
  };
}
