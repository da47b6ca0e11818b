import type { InstanceRefreshStatus, MixedInstancesPolicy } from '@aws-sdk/client-auto-scaling';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';

/** Which version of which launch template: a number, `$Latest` or `$Default`. */
export interface LaunchTemplateRef {
  readonly template: string;
  readonly version: string;
}

export interface Group {
  readonly name: string;
  /** What the group launches; null: not from one launch template. */
  readonly saved: LaunchTemplateRef | null;
  /** Present where the group has several instance types: it has to be sent back whole. */
  readonly policy: MixedInstancesPolicy | null;
  /** Why a launch template's version alone does not say what this group launches, or null. */
  readonly unsupported: string | null;
  /** In units of capacity: one for each instance, unless the group weighs its instance types. */
  readonly desired: number;
  readonly instances: readonly Instance[];
  readonly targetGroups: readonly string[];
  readonly tags: Tags;
  /** Names of the group's processes that somebody suspended. */
  readonly suspended: readonly string[];
  /** The most that the group's maintenance policy lets it grow by while instances are replaced, in percent, or null. */
  readonly mostPercent: number | null;
  readonly isLeaving: boolean;
}

export interface Instance {
  readonly id: string;
  /** Id of the revision that it was launched from; null: from none that we know. */
  readonly revision: string | null;
  readonly lifecycle: string;
  /** What it counts of the desired capacity. */
  readonly units: number;
  readonly isHealthy: boolean;
  readonly isProtected: boolean;
}

/** One instance refresh, or its rollback: it keeps its id. */
export interface Refresh {
  readonly id: string;
  readonly status: InstanceRefreshStatus;
  readonly reason: string;
  /** Null: it was asked for, and has not begun. */
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** When it began to go back; null: it did not. */
  readonly rollbackAt: Instant | null;
  /** What it was asked to deploy; null: what the group says. */
  readonly desired: LaunchTemplateRef | null;
  readonly percentage: number;
  /** Names of the alarms that fail it. */
  readonly alarms: readonly string[];
  /** Whether it waits for a person where instances are protected from scale in, or in standby. */
  readonly waitsFor: { readonly isProtected: boolean; readonly isStandby: boolean };
}

/** The calls to Amazon EC2 Auto Scaling that we make, in our words. */
export interface AutoScaling {
  /** Null: there is no such group. */
  group(name: string): Promise<Group | null>;
  /** Those of the last six weeks, which is what AWS keeps; the one asked for last first. */
  refreshes(name: string): Promise<readonly Refresh[]>;
  /** The groups whose tag `lastgood` has one of these values. */
  groups(values: readonly string[]): Promise<readonly Group[]>;
  rollBack(name: string): Promise<void>;
  cancel(name: string): Promise<void>;
  /** Puts a version on the group, so that whatever is launched from now on comes from it. Changes nothing else. */
  put(group: Group, to: LaunchTemplateRef): Promise<void>;
  /** Replaces the instances that do not run this version; answers with the id of the refresh. */
  refresh(group: Group, to: LaunchTemplateRef): Promise<string>;
}
