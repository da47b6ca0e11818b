import type { InstanceRefreshStatus, MixedInstancesPolicy } from '@aws-sdk/client-auto-scaling';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { LaunchTemplateRef } from '../../../src/targets/kinds/asg/launch-template.ts';

/** The most groups that one call reads. */
export const MAX_GROUPS = 100;

export interface Group {
  readonly name: string;
  /** What the group launches; null: not from one launch template. */
  readonly saved: LaunchTemplateRef | null;
  /** Present if the group has several instance types. Updates must send it back whole. */
  readonly policy: MixedInstancesPolicy | null;
  /** Why a launch template's version alone does not determine what this group launches, or null. */
  readonly unsupported: string | null;
  /** In units of capacity: one per instance, unless the group weighs its instance types. */
  readonly desired: number;
  readonly instances: readonly Instance[];
  readonly targetGroups: readonly string[];
  readonly tags: Tags;
  /** Names of the group's suspended processes. */
  readonly suspended: readonly string[];
  /**
   * The group's maintenance policy: its highest size while instances are replaced, in percent of the desired one, or
   * null.
   */
  readonly mostPercent: number | null;
  readonly isLeaving: boolean;
}

export interface Instance {
  readonly id: string;
  /** Id of the revision that it runs, with its own image alone (see `placed`); null: unknown. */
  readonly revision: string | null;
  readonly lifecycle: string;
  /** Its units of the desired capacity. */
  readonly units: number;
  readonly isHealthy: boolean;
  readonly isProtected: boolean;
}

/** The images of overrides, by the names of the overrides (overrides.ts). */
export type ImageOf = Readonly<Record<string, string>>;

/** What a way back sets on a group, and how its refresh brings it about. */
export interface Goal {
  readonly template: string;
  readonly version: string;
  /** Absent: instances have the template's image. */
  readonly imageOf?: ImageOf | undefined;
  /** Replaces root volumes, and keeps this percentage in service. Absent: it replaces the instances. */
  readonly rootsKeeping?: number | undefined;
}

/** One instance refresh, including its rollback, which keeps the id. */
export interface Refresh {
  readonly id: string;
  readonly status: InstanceRefreshStatus;
  readonly reason: string;
  /** Null: it was requested, and has not begun. */
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** When its rollback began; null: it has none. */
  readonly rollbackAt: Instant | null;
  /** What it was requested to deploy; null: the group's own version. */
  readonly desired: LaunchTemplateRef | null;
  /** The images of instance types in it, by their overrides. */
  readonly imageOf: ImageOf;
  /** It keeps the instances, and replaces their root volumes. */
  readonly replacesRoots: boolean;
  /** The least percentage of the desired capacity that it keeps in service. */
  readonly leastPercent: number;
  /** It may launch more than the desired capacity, so it launches an instance before it terminates one. */
  readonly launchesFirst: boolean;
  readonly percentage: number;
  /** It goes back natively where it fails. */
  readonly goesBack: boolean;
  /** Names of the alarms that make it fail. */
  readonly alarms: readonly string[];
  /** Whether it waits for an operator if instances are protected from scale in, or in standby. */
  readonly waitsFor: { readonly isProtected: boolean; readonly isStandby: boolean };
}

/** Amazon EC2 Auto Scaling in the words of Lastgood. */
export interface AutoScaling {
  /** Null: there is no such group. */
  group(name: string): Promise<Group | null>;
  /** Lists the refreshes of the last six weeks, which AWS keeps, newest first. */
  refreshes(name: string): Promise<readonly Refresh[]>;
  /** Returns why the newest launch since an instant failed, in the words of AWS. Null: none failed, or it did not. */
  refusedLaunch(name: string, since: Instant): Promise<string | null>;
  /** Reads MAX_GROUPS at most, without those that do not exist. One call. */
  groups(names: readonly string[]): Promise<readonly Group[]>;
  rollBack(name: string): Promise<void>;
  cancel(name: string): Promise<void>;
  /** Sets the group's version for future launches, and nothing else. */
  put(group: Group, to: Goal): Promise<void>;
  /** Replaces the instances that run another version, or their root volumes. Returns the id of the refresh. */
  refresh(group: Group, to: Goal): Promise<string>;
}
