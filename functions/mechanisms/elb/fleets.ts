import {
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import { CONSENT, isConsent } from '../../../src/rollback/consent.ts';

/** Reads and grows the Auto Scaling groups behind target groups. */
export interface Fleets {
  /** Null: there is no group of that name. */
  fleet(name: string): Promise<Fleet | null>;
  /** Sets the desired capacity. */
  grow(name: string, desired: number): Promise<void>;
}

export interface Fleet {
  readonly desired: number;
  readonly max: number;
  /** Whether the group's own tag `lastgood` lets Lastgood change it. */
  readonly isOptedIn: boolean;
}

/** Binds the calls to a client. */
export function createFleets(client: Pick<AutoScalingClient, 'send'>): Fleets {
  return {
    fleet: async (name) => {
      const { AutoScalingGroups = [] } = await client.send(
        new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
      );
      const [found] = AutoScalingGroups;
      if (found === undefined) return null;
      const { DesiredCapacity: desired = 0, MaxSize: max = 0, Tags = [] } = found;
      const mode = Tags.find(({ Key }) => Key === 'lastgood')?.Value;
      return { desired, max, isOptedIn: isConsent(mode) };
    },
    grow: async (name, desired) => {
      await client.send(
        new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity: desired }),
      );
    },
  };
}

/** Returns why a group cannot grow to this many instances, or null. */
export function whyNotGrow(name: string, fleet: Fleet | null, to: number): string | null {
  if (fleet === null) return `there is no Auto Scaling group ${name}`;
  if (!fleet.isOptedIn) return `Auto Scaling group ${name} has no tag ${CONSENT}`;
  if (fleet.max < to)
    return `Auto Scaling group ${name} may have at most ${fleet.max} instances, and ${to} are needed`;
  return null;
}
