import type {
  DesiredConfiguration,
  InstanceRefreshStatus,
  LifecycleState,
  MixedInstancesPolicy,
  RefreshPreferences,
  RefreshStrategy,
} from '@aws-sdk/client-auto-scaling';
import type { Behaviour } from '../seams.ts';

/** The launch configuration of a group: a launch template, alone or in a policy of several instance types. */
export interface Configuration {
  readonly template: TemplateChoice;
  readonly mixed?: MixedInstancesPolicy | undefined;
}

/** A version as saved: a number, `$Latest` or `$Default`. */
export interface TemplateChoice {
  readonly id: string;
  readonly name: string;
  readonly version: string;
}

export interface Instance {
  readonly id: string;
  readonly type: string;
  /** With the version number at launch. */
  readonly template: TemplateChoice;
  /** The image at launch, which EC2 shows: `ami-…`. Unknown: root-volume-in-ec2. */
  readonly imageId: string;
  readonly launchedAt: number;
  /** The image of its root volume, and how an instance of that behaves. */
  root: RootVolume;
  lifecycle: LifecycleState;
  health: 'Healthy' | 'Unhealthy';
  isProtected: boolean;
  /** Milliseconds since the epoch; absent while it is Pending. */
  inServiceSince?: number;
}

export interface RootVolume {
  readonly imageId: string;
  readonly behaviour: Behaviour;
  /** An override named its image, or a refresh replaced it: answers show the image. */
  readonly isNamed: boolean;
  /** When the instance was launched with it, or it was replaced. */
  readonly since: number;
}

export interface Refresh {
  readonly id: string;
  readonly strategy: RefreshStrategy;
  readonly preferences: RefreshPreferences;
  /** The desired configuration; absent for the group's own. */
  readonly desired?: DesiredConfiguration | undefined;
  readonly startedAt: number;
  status: InstanceRefreshStatus;
  reason: string;
  endedAt?: number;
  percentage: number;
  toUpdate: number;
  /** When the last instance became healthy, in milliseconds since the epoch, and the maximum number so far. */
  stuckSince: number;
  furthest: number;
  bakesUntil?: number;
  /** Index of the next checkpoint, and the end of the wait at the last one. */
  checkpoint: number;
  holdsUntil: number;
  rollback?: {
    readonly reason: string;
    readonly startedAt: number;
    readonly percentage: number;
    readonly toUpdate: number;
  };
}

export interface Activity {
  readonly id: string;
  readonly at: Date;
  readonly description: string;
  readonly cause: string;
  readonly status: 'Successful' | 'Failed';
  readonly message?: string;
}

export interface Group {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  configuration: Configuration;
  min: number;
  max: number;
  desired: number;
  /** The sentence about a change of the desired capacity, which begins the causes of what follows from it; or empty. */
  asked: string;
  readonly targetGroups: readonly string[];
  readonly subnets: string;
  healthCheckType: string;
  graceSeconds: number;
  /** If absent, the grace period is used. */
  warmupSeconds?: number | undefined;
  maintenance?: { readonly min: number; readonly max: number } | undefined;
  protectsNew: boolean;
  readonly suspended: Set<string>;
  readonly tags: Map<string, { readonly value: string; readonly propagate: boolean }>;
  readonly instances: Instance[];
  /** Instances that ended within the hour. EC2 still shows them. */
  readonly ended: Instance[];
  /** Oldest first. */
  readonly refreshes: Refresh[];
  readonly activities: Activity[];
}

const ACTIVE = new Set<InstanceRefreshStatus>([
  'Pending',
  'InProgress',
  'Baking',
  'Cancelling',
  'RollbackInProgress',
]);

/** Returns the refresh or rollback in progress: at most one. */
export function activeRefresh({ refreshes }: Group): Refresh | null {
  const last = refreshes.at(-1);
  return last !== undefined && ACTIVE.has(last.status) ? last : null;
}
