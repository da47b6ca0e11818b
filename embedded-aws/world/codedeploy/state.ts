import type { ComputePlatform } from '@aws-sdk/client-codedeploy';
import type { Surroundings } from '../aws.ts';
import type { Random } from '../random.ts';
import type { AlarmStates } from '../seams.ts';
import { noApplication, noDeployment, noGroup } from './errors.ts';
import type { Application, Deployment, Group } from './model.ts';
import type { Platform } from './platform.ts';
import { PREDEFINED, type MinimumHealthy } from './server/configs.ts';

/** The services that CodeDeploy depends on. */
export interface Neighbours {
  readonly platforms: Readonly<Partial<Record<ComputePlatform, Platform>>>;
  readonly alarms: AlarmStates;
}

export interface CodeDeployState {
  readonly surroundings: Surroundings;
  readonly neighbours: Neighbours;
  readonly chance: Random;
  readonly applications: Map<string, Application>;
  readonly deployments: Map<string, Deployment>;
  /** Configurations for instances, by name. */
  readonly configs: Map<string, MinimumHealthy>;
  /**
   * Minimum and maximum seconds from StopDeployment to the end. Until then the deployment may still succeed. AWS gives
   * no figure.
   */
  stoppedAfterSeconds: readonly [number, number];
}

export function createState(surroundings: Surroundings, neighbours: Neighbours): CodeDeployState {
  const chance = surroundings.random('codedeploy');
  return {
    ...{ surroundings, neighbours, chance, applications: new Map(), deployments: new Map() },
    configs: new Map(Object.entries(PREDEFINED)),
    stoppedAfterSeconds: [1, 5],
  };
}

export function now({ surroundings }: CodeDeployState): Date {
  return new Date(surroundings.clock.now());
}

/** @throws AwsError ApplicationDoesNotExistException */
export function findApplication({ applications }: CodeDeployState, name = ''): Application {
  const found = applications.get(name);
  if (found === undefined) throw noApplication(name);
  return found;
}

/** @throws AwsError ApplicationDoesNotExistException, DeploymentGroupDoesNotExistException */
export function findGroup(state: CodeDeployState, application = '', name = ''): Group {
  const found = findApplication(state, application).groups.get(name);
  if (found === undefined) throw noGroup(name);
  return found;
}

/** @throws AwsError DeploymentDoesNotExistException */
export function findDeployment({ deployments }: CodeDeployState, id = ''): Deployment {
  const found = deployments.get(id);
  if (found === undefined) throw noDeployment(id);
  return found;
}

/** @throws Error when the platform is not modelled */
export function platformOf({ neighbours }: CodeDeployState, { application }: Group): Platform {
  const platform = neighbours.platforms[application.platform];
  if (platform === undefined) throw new Error(`the platform ${application.platform} is not modelled`);
  return platform;
}

/** Returns capitals and digits after `d-`, as in captured payloads. */
export function deploymentId({ chance }: CodeDeployState): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  const letter = (): string => letters.charAt(Math.floor(chance.next() * letters.length));
  return `d-${Array.from({ length: 9 }, letter).join('')}`;
}
