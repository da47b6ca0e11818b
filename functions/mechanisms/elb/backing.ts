import { behind, MAX_INSTANCES, behindEach, type LaunchedReader } from '../../../src/aws/launched.ts';
import { onceEach } from '../../../src/aws/once-each.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { GROUP_TAG, lookBehind, type Behind } from './capacity.ts';
import type { Elb, Targets } from './elb.ts';
import type { Fleet, Fleets } from './fleets.ts';
import type { Split } from './split.ts';

/** What stands behind target groups, as a plan reads it: each thing once, and only where the plan needs it. */
export interface Backing {
  /** Reads the targets of a group; null: there is no such group. */
  targets(targetGroup: string): Promise<Targets | null>;
  /** Returns the name of the Auto Scaling group that its tag names. */
  groupOf(targetGroup: string): string | undefined;
  /** Returns that Auto Scaling group; null: no tag names one, or it does not exist. */
  fleetOf(targetGroup: string): Fleet | null;
  /**
   * Reads fingerprints of what the groups of a split run, if AWS shows it.
   * @param split with what the ledger knows of each group
   */
  running(split: Split): Promise<ReadonlyMap<string, string>>;
}

interface Clients {
  readonly elb: Pick<Elb, 'targets'>;
  readonly fleets: Pick<Fleets, 'named'>;
  readonly launched: Pick<LaunchedReader, 'ofInstances'>;
}

/** Reads the targets of groups, each group once, and knows of which groups. */
export function createTargets(elb: Pick<Elb, 'targets'>) {
  const asked = new Set<string>();
  const read = onceEach((targetGroup) => {
    asked.add(targetGroup);
    return elb.targets(targetGroup);
  });
  return { read, isAsked: (targetGroup: string) => asked.has(targetGroup) };
}

/**
 * Reads the Auto Scaling groups that the tags of target groups name.
 * @param tags of every group that may be asked about
 */
export async function readBacking(
  tags: ReadonlyMap<string, Tags>,
  targets: ReturnType<typeof createTargets>,
  { fleets, launched }: Pick<Clients, 'fleets' | 'launched'>,
): Promise<Backing> {
  const groupOf = (targetGroup: string) => tags.get(targetGroup)?.[GROUP_TAG];
  const found = await fleets.named([...tags.keys()].flatMap((arn) => groupOf(arn) ?? []));
  const fleetOf = (targetGroup: string) => found.get(groupOf(targetGroup) ?? '') ?? null;
  return {
    targets: targets.read,
    groupOf,
    fleetOf,
    running: async (split) => {
      const named = new Map(split.map((share) => [share, printOf(share.targetGroup, fleetOf)]));
      const open = split.filter((share) => isOpen(share, named.get(share), targets.isAsked));
      const behind = await lookBehind({ targets: targets.read }, groupsIn(open));
      const known = split.flatMap((share) => {
        const print = named.get(share) ?? null;
        return print === null || open.includes(share) ? [] : [[share.targetGroup, print] as const];
      });
      return new Map([...known, ...(await runningBehind(behind, { launched }))]);
    },
  };
}

function printOf(targetGroup: string, fleetOf: Backing['fleetOf']): string | null {
  const fleet = fleetOf(targetGroup);
  return fleet === null ? null : behind(targetGroup, [fleet.launched]);
}

/**
 * Says whether the instances of a group must be asked. The Auto Scaling group of the tag is believed if it runs what the
 * ledger knows, or if the ledger knows nothing: others may be behind the same target group. Where the ledger never saw
 * what a group runs, instances are asked only if they are known already.
 */
function isOpen(
  { targetGroup, behind: known }: Split[number],
  named: string | null | undefined,
  isAsked: (targetGroup: string) => boolean,
): boolean {
  if (known !== undefined) return known !== named;
  return named == null && isAsked(targetGroup);
}

export function groupsIn(split: Split): readonly string[] {
  return split.map(({ targetGroup }) => targetGroup);
}

/** Reads what the targets of the groups run, from a few instances of each. */
export async function runningBehind(
  behind: Behind,
  { launched }: Pick<Clients, 'launched'>,
): Promise<ReadonlyMap<string, string>> {
  const ofEach = Math.floor(MAX_INSTANCES / Math.max(1, behind.size));
  const ids = [...behind.values()].flatMap((targets) => targets?.instances.slice(0, ofEach) ?? []);
  return behindEach([...behind.keys()], await launched.ofInstances(ids));
}
