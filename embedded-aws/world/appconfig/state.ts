import type { Surroundings } from '../aws.ts';
import type { Random } from '../random.ts';
import type { AlarmStates } from '../seams.ts';
import { notFound } from './errors.ts';
import { PREDEFINED } from './growth.ts';
import type { Application, Deployment, Environment, Profile, Strategy, Tags, Version } from './model.ts';

export interface AppConfigState {
  readonly surroundings: Surroundings;
  readonly alarms: AlarmStates;
  readonly chance: Random;
  readonly applications: Map<string, Application>;
  readonly strategies: Map<string, Strategy>;
  /** By ARN. */
  readonly tags: Map<string, Tags>;
  /** Whether EventBridge gets the events: their delivery is best effort. */
  sendsEvents: boolean;
}

export function createState(surroundings: Surroundings, alarms: AlarmStates): AppConfigState {
  return {
    ...{ surroundings, alarms, chance: surroundings.random('appconfig'), sendsEvents: true },
    applications: new Map(),
    strategies: new Map(PREDEFINED.map((one) => [one.id, one])),
    tags: new Map(),
  };
}

export function now({ surroundings }: AppConfigState): number {
  return surroundings.clock.now();
}

/** Returns an id as AWS writes them: `[a-z0-9]{4,7}`. */
export function newId({ chance }: AppConfigState): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length: 7 }, () => letters.charAt(Math.floor(chance.next() * letters.length))).join('');
}

/** @throws AwsError ResourceNotFoundException */
export function findApplication({ applications }: AppConfigState, id = ''): Application {
  return found(applications.get(id), 'Application', id);
}

export interface Ids {
  readonly ApplicationId?: string | undefined;
  readonly EnvironmentId?: string | undefined;
  readonly ConfigurationProfileId?: string | undefined;
  readonly DeploymentNumber?: number | undefined;
  readonly VersionNumber?: number | undefined;
}

/** @throws AwsError ResourceNotFoundException */
export function findEnvironment(
  state: AppConfigState,
  { ApplicationId, EnvironmentId = '' }: Ids,
): Environment {
  const { environments } = findApplication(state, ApplicationId);
  return found(environments.get(EnvironmentId), 'Environment', EnvironmentId);
}

/** @throws AwsError ResourceNotFoundException */
export function findProfile(
  state: AppConfigState,
  { ApplicationId, ConfigurationProfileId = '' }: Ids,
): Profile {
  const { profiles } = findApplication(state, ApplicationId);
  return found(profiles.get(ConfigurationProfileId), 'ConfigurationProfile', ConfigurationProfileId);
}

/** @throws AwsError ResourceNotFoundException */
export function findDeployment(state: AppConfigState, { DeploymentNumber = 0, ...ids }: Ids): Deployment {
  const { deployments } = findEnvironment(state, ids);
  return found(deployments[DeploymentNumber - 1], 'Deployment', DeploymentNumber);
}

/**
 * Finds a version by its number or its label.
 * @throws AwsError ResourceNotFoundException
 */
export function findVersion({ versions }: Profile, named: string | number = ''): Version {
  const byLabel = [...versions.values()].find(({ label }) => label === named);
  return found(versions.get(Number(named)) ?? byLabel, 'HostedConfigurationVersion', named);
}

function found<T>(one: T | undefined, what: string, id: string | number): T {
  if (one === undefined) throw notFound(what, id);
  return one;
}

/** Returns what a profile has in an environment once nothing is in flight; null: nothing was deployed. */
export function standing({ deployments }: Environment, profile: Profile): Deployment | null {
  const complete = (one: Deployment) => one.profile === profile && one.state === 'COMPLETE';
  return deployments.findLast(complete) ?? null;
}
