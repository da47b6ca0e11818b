import { behindEach, MAX_INSTANCES, type LaunchedReader } from '../../../src/aws/launched.ts';
import { onceEach } from '../../../src/aws/once-each.ts';
import { lookBehind, type Behind } from './capacity.ts';
import type { Groups, Lattice, Targets } from './lattice.ts';
import { groupsIn, type Split } from './split.ts';

/** What stands behind target groups, as a plan reads it: each thing once, and only where the plan needs it. */
export interface Backing {
  readonly groups: Groups;
  /** Reads the targets of a group; null: there is no such group. */
  targets(group: string): Promise<Targets | null>;
  /** Reads fingerprints of what the groups of a split run, if AWS shows it. */
  running(split: Split): Promise<ReadonlyMap<string, string>>;
}

export interface Clients {
  readonly lattice: Pick<Lattice, 'targets'>;
  readonly launched: Pick<LaunchedReader, 'ofInstances'>;
}

/** Creates the reader of targets, each group once. */
export function createTargets({ targets }: Pick<Lattice, 'targets'>) {
  return onceEach((group: string) => targets(group));
}

/** @param arn of the listener or rule, which has the account and Region of its groups */
export function backingOf(
  arn: string,
  groups: Groups,
  targets: Backing['targets'],
  { launched }: Pick<Clients, 'launched'>,
): Backing {
  return {
    groups,
    targets,
    running: async (split) =>
      runningBehind(arn, await lookBehind({ targets }, groupsIn(split)), { launched }),
  };
}

/** Reads what the targets of the groups run, from a few instances of each. Other targets do not show it. */
export async function runningBehind(
  arn: string,
  behind: Behind,
  { launched }: Pick<Clients, 'launched'>,
): Promise<ReadonlyMap<string, string>> {
  const ofEach = Math.floor(MAX_INSTANCES / Math.max(1, behind.size));
  const ids = [...behind.values()].flatMap((targets) => targets?.instances.slice(0, ofEach) ?? []);
  return ids.length === 0
    ? new Map()
    : fingerprints(arn, [...behind.keys()], await launched.ofInstances(ids));
}

/** Returns the fingerprints of groups, by their ids. Auto Scaling names them by their ARNs. */
export function fingerprints(
  arn: string,
  groups: readonly string[],
  launched: Parameters<typeof behindEach>[1],
): ReadonlyMap<string, string> {
  const byArn = behindEach(
    groups.map((group) => groupArn(arn, group)),
    launched,
  );
  return new Map(
    groups.flatMap((group) => {
      const found = byArn.get(groupArn(arn, group));
      return found === undefined ? [] : [[group, found] as const];
    }),
  );
}

/** Returns the ARN of a target group in the account and Region of a listener or rule. */
export function groupArn(arn: string, group: string): string {
  return `${arn.split(':').slice(0, 5).join(':')}:targetgroup/${group}`;
}
