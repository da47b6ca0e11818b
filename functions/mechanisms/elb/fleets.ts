import {
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
  type AutoScalingClient,
  type AutoScalingGroup,
} from '@aws-sdk/client-auto-scaling';
import { toLaunched, type Launched } from '../../../src/aws/launched.ts';
import { CONSENT, isConsent } from '../../../src/rollback/consent.ts';
import type { Growth } from './capacity.ts';
import { nameOf } from './split.ts';

/** Reads and grows the Auto Scaling groups behind target groups. */
export interface Fleets {
  /** Reads groups by their names, in one call. One that does not exist is left out. */
  named(names: readonly string[]): Promise<ReadonlyMap<string, Fleet>>;
  /** Sets the desired capacity. */
  grow(name: string, desired: number): Promise<void>;
}

export interface Fleet {
  readonly desired: number;
  readonly max: number;
  /** Whether the group's own tag `lastgood` lets Lastgood change it. */
  readonly isOptedIn: boolean;
  /** Names of its suspended processes. */
  readonly suspended: readonly string[];
  readonly launched: Launched;
}

/** Binds the calls to a client. */
export function createFleets(client: Pick<AutoScalingClient, 'send'>): Fleets {
  return {
    named: async (names) => {
      if (names.length === 0) return new Map();
      const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [...new Set(names)] });
      const { AutoScalingGroups = [] } = await client.send(command);
      return new Map(AutoScalingGroups.map((group) => [group.AutoScalingGroupName ?? '', toFleet(group)]));
    },
    grow: async (name, desired) => {
      await client.send(
        new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity: desired }),
      );
    },
  };
}

function toFleet(group: AutoScalingGroup): Fleet {
  const { DesiredCapacity: desired = 0, MaxSize: max = 0, Tags = [], SuspendedProcesses = [] } = group;
  const mode = Tags.find(({ Key }) => Key === 'lastgood')?.Value;
  const suspended = SuspendedProcesses.flatMap(({ ProcessName }) => ProcessName ?? []);
  return { desired, max, isOptedIn: isConsent(mode), suspended, launched: toLaunched(group) };
}

/**
 * The processes that bring new targets.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/understand-how-suspending-processes-affects-other-processes.html
 */
const GROWING = ['Launch', 'AddToLoadBalancer'];

/** Returns why a group cannot grow to this many instances, or null. */
export function whyNotGrow(name: string, fleet: Fleet | null, to: number): string | null {
  if (fleet === null) return `there is no Auto Scaling group ${name}`;
  if (!fleet.isOptedIn) return `Auto Scaling group ${name} has no tag ${CONSENT}`;
  if (fleet.max < to)
    return `Auto Scaling group ${name} may have at most ${fleet.max} instances, and ${to} are needed`;
  const suspended = GROWING.filter((process) => fleet.suspended.includes(process));
  if (suspended.length > 0)
    return `Auto Scaling group ${name} brings no targets with suspended processes (${suspended.join(', ')}): resume them`;
  return null;
}

/** Returns why growing is no remedy for too few healthy targets, or null. */
export function whyUseless({ group, targetGroup, to }: Growth, fleet: Fleet | null): string | null {
  const refused = whyNotGrow(group, fleet, to);
  if (refused !== null || fleet === null || fleet.desired < to) return refused;
  return `${nameOf(targetGroup)} has too few healthy targets, though Auto Scaling group ${group} already wants ${fleet.desired} instances`;
}
