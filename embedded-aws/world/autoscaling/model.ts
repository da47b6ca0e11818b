import type {
  DesiredConfiguration,
  InstanceRefreshStatus,
  LifecycleState,
  MixedInstancesPolicy,
  RefreshPreferences,
} from '@aws-sdk/client-auto-scaling';
import type { Behaviour } from '../seams.ts';

/** What a group launches: a launch template, alone or in a policy of several instance types. */
export interface Configuration {
  readonly template: TemplateChoice;
  readonly mixed?: MixedInstancesPolicy | undefined;
}

/** A version as it was saved: a number, `$Latest` or `$Default`. */
export interface TemplateChoice {
  readonly id: string;
  readonly name: string;
  readonly version: string;
}

export interface Instance {
  readonly id: string;
  readonly type: string;
  /** With the number of the version that it was launched from. */
  readonly template: TemplateChoice;
  /** The image that it booted from: `ami-…`. */
  readonly imageId: string;
  readonly behaviour: Behaviour;
  readonly launchedAt: number;
  lifecycle: LifecycleState;
  health: 'Healthy' | 'Unhealthy';
  isProtected: boolean;
  /** Milliseconds since the epoch; absent while it is Pending. */
  inServiceSince?: number;
}

export interface Refresh {
  readonly id: string;
  readonly preferences: RefreshPreferences;
  /** What it was asked to deploy; absent: what the group says. */
  readonly desired?: DesiredConfiguration | undefined;
  readonly startedAt: number;
  status: InstanceRefreshStatus;
  reason: string;
  endedAt?: number;
  percentage: number;
  toUpdate: number;
  /** Since when no further instance became healthy, milliseconds since the epoch, and how many were at most. */
  stuckSince: number;
  furthest: number;
  bakesUntil?: number;
  /** Index of the next checkpoint, and until when it holds at the last one. */
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
  readonly targetGroups: readonly string[];
  readonly subnets: string;
  healthCheckType: string;
  graceSeconds: number;
  /** Absent: the grace period stands in for it. */
  warmupSeconds?: number | undefined;
  maintenance?: { readonly min: number; readonly max: number } | undefined;
  protectsNew: boolean;
  readonly suspended: Set<string>;
  readonly tags: Map<string, { readonly value: string; readonly propagate: boolean }>;
  readonly instances: Instance[];
  /** Instances that ended within the hour; EC2 still shows them. */
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

/** The refresh or rollback that is going on; there is never more than one. */
export function activeRefresh({ refreshes }: Group): Refresh | null {
  const last = refreshes.at(-1);
  return last !== undefined && ACTIVE.has(last.status) ? last : null;
}
