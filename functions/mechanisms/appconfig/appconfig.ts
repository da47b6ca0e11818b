import type { Instant } from '../../../src/rollback/request.ts';
import type { Traits } from '../../../src/rollback/traits.ts';
import type { ProfileName } from '../../../src/targets/kinds/appconfig/target.ts';

/** AWS AppConfig in the words of Lastgood. Errors are AWS's own. */
export interface AppConfig {
  /** Null: there is no such environment. */
  environment(name: ProfileName): Promise<Environment | null>;
  /** Null: there is no such profile. */
  profile(name: ProfileName): Promise<Profile | null>;
  /** Lists the deployments of the environment, of all profiles, newest first: the last hundred. Null: it is gone. */
  deployments(name: ProfileName): Promise<readonly Deployment[] | null>;
  /** Reads the details of a deployment; null: AppConfig does not know it. */
  details(name: ProfileName, number: number): Promise<Details | null>;
  /** Lists the versions in the hosted store, newest first: the last hundred. */
  versions(name: ProfileName): Promise<readonly Version[]>;
  /**
   * Rolls a deployment in flight back, or reverts a completed one.
   * @throws BadRequestException, ResourceNotFoundException
   */
  stop(name: ProfileName, number: number): Promise<void>;
  /**
   * Deploys a version to all clients at once, if the environment's latest deployment still is this one. Returns the
   * number of the new deployment.
   * @throws ConflictException, BadRequestException, ResourceNotFoundException
   */
  start(name: ProfileName, version: string, latest: number, description: string): Promise<number>;
}

export interface Environment {
  readonly name: string;
  readonly arn: string;
  /** Names of the alarms that roll a deployment back. */
  readonly monitors: readonly string[];
}

export interface Profile {
  readonly name: string;
  /** Its versions are in AppConfig's own store. */
  readonly isHosted: boolean;
}

/** VALIDATING, DEPLOYING, BAKING, COMPLETE, ROLLING_BACK, ROLLED_BACK or REVERTED (API_DeploymentSummary). */
export type State = string;

export interface Deployment {
  readonly number: number;
  readonly profile: string;
  /** Name of the profile when it was deployed. */
  readonly profileName: string;
  readonly version: string;
  readonly state: State;
  readonly startedAt: Instant;
  readonly completedAt: Instant | null;
  /** An experiment of AppConfig made it. */
  readonly isManaged: boolean;
  /** Its strategy gives it to a part of the clients first. */
  readonly grows: boolean;
}

export interface Details {
  readonly number: number;
  readonly state: State;
  readonly version: string;
  readonly description: string;
  /** The newest event of its log; null: the log is empty. */
  readonly last: Noted | null;
}

export interface Noted {
  readonly at: Instant;
  /** USER, APPCONFIG, CLOUDWATCH_ALARM or INTERNAL_ERROR (API_DeploymentEvent). */
  readonly by: string;
  readonly says: string;
}

export interface Version {
  readonly version: string;
  readonly traits: Traits;
}
