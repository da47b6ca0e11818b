import type {
  DeploymentEvent,
  DeploymentState,
  DeploymentType,
  GrowthType,
  Monitor,
} from '@aws-sdk/client-appconfig';
import type { Behaviour } from '../seams.ts';

export type Tags = Readonly<Record<string, string>>;

/** The behaviour of an application with a configuration. */
export type Effect = Pick<Behaviour, 'errorRate' | 'latency'>;

export interface Application {
  readonly id: string;
  readonly name: string;
  readonly environments: Map<string, Environment>;
  readonly profiles: Map<string, Profile>;
}

export interface Environment {
  readonly application: Application;
  readonly id: string;
  name: string;
  description: string | undefined;
  monitors: readonly Monitor[];
  /** Oldest first: the number of a deployment is its place, from one. */
  readonly deployments: Deployment[];
}

export interface Profile {
  readonly application: Application;
  readonly id: string;
  readonly name: string;
  readonly locationUri: string;
  readonly type: string;
  /** By number. Versions of the hosted store alone are modelled. */
  readonly versions: Map<number, Version>;
  /** Number of the newest version ever created. Numbers are never used again. */
  created: number;
}

/** A version of the hosted configuration store. */
export interface Version {
  readonly number: number;
  readonly content: Uint8Array;
  readonly contentType: string;
  readonly label: string | undefined;
  readonly description: string | undefined;
  effect: Effect;
}

export interface Strategy {
  readonly id: string;
  readonly name: string;
  readonly minutes: number;
  readonly growth: GrowthType;
  /** Percent. */
  readonly factor: number;
  readonly bakeMinutes: number;
}

export interface Deployment {
  readonly number: number;
  readonly environment: Environment;
  readonly profile: Profile;
  readonly version: Version;
  readonly strategy: Strategy;
  readonly description: string | undefined;
  readonly type: DeploymentType;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  completedAt: number | null;
  state: DeploymentState;
  percent: number;
  /** Newest first. */
  readonly log: DeploymentEvent[];
}
