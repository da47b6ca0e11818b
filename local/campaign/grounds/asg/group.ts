import type { CreateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling';
import type { Balancer } from '../../../scenarios/asg/balancer.ts';
import { TARGET, type Fleet, type FleetOptions } from '../../../scenarios/asg/fleet.ts';
import type { Stage } from '../../../scenarios/stage.ts';
import { behindBalancer, putAlarms } from '../../alarms.ts';
import type { Subject } from '../../ground.ts';
import type { Release } from '../../releases.ts';
import type { Settings } from '../../story.ts';

type Acting = Pick<Fleet, 'call' | 'group'>;

const GROUP = { ResourceId: 'web-fleet', ResourceType: 'auto-scaling-group' };

/** How the group of the stories is opened. */
export interface Opening {
  readonly options: Pick<FleetOptions, 'tags' | 'first' | 'putAlarms'> & {
    readonly group: Partial<CreateAutoScalingGroupType>;
  };
  /** The names of the alarms, once they are there. */
  readonly alarms: () => readonly string[];
}

/** Returns the options that the settings of a story ask for. */
export function openingOf(settings: Settings, first: Release): Opening {
  let names: readonly string[] = [];
  const putThem = (stage: Stage, { loadBalancer, targetGroup }: Balancer) => {
    names = putAlarms(stage, settings, behindBalancer(loadBalancer, [targetGroup]), TARGET);
  };
  return {
    options: {
      tags: settings.tags,
      first: first.behaviour,
      putAlarms: putThem,
      group: { MinSize: 1, MaxSize: 16, DesiredCapacity: settings.count },
    },
    alarms: () => names,
  };
}

/** Replaces the group's tags that begin with `lastgood`. */
export function retag(fleet: Acting, stage: Stage, tags: Readonly<Record<string, string>>): void {
  const gone = (fleet.group().Tags ?? [])
    .filter(({ Key }) => Key?.startsWith('lastgood') === true)
    .map(({ Key }) => ({ ...GROUP, Key }));
  if (gone.length > 0) stage.call('autoscaling', 'DeleteTags', { Tags: gone });
  const added = Object.entries(tags).map(([Key, Value]) => ({
    ...{ ...GROUP, Key, Value, PropagateAtLaunch: false },
  }));
  if (added.length > 0) stage.call('autoscaling', 'CreateOrUpdateTags', { Tags: added });
}

/** Returns what is done to a group, whatever deploys it. */
export function canDo(fleet: Acting, stage: Stage, firstImage: string): Subject['can'] {
  const limit = (MinSize: number, DesiredCapacity: number) =>
    fleet.call('UpdateAutoScalingGroup', { MinSize, DesiredCapacity });
  let before = 1;
  return {
    'scale-to-nothing': () => {
      before = Math.max(before, capacityOf(fleet));
      limit(0, 0);
    },
    'scale-back': () => limit(1, Math.max(before, capacityOf(fleet))),
    grow: () => resize(fleet, 2),
    shrink: () => resize(fleet, -1),
    drift: () => fleet.call('UpdateAutoScalingGroup', { HealthCheckGracePeriod: 180 }),
    'lose-first': () => stage.call('ec2', 'DeregisterImage', { ImageId: firstImage }),
  };
}

/** Returns the desired capacity. */
export function capacityOf(fleet: Acting): number {
  return fleet.group().DesiredCapacity ?? 0;
}

/** Changes the desired capacity. */
export function resize(fleet: Acting, by: number): void {
  const { DesiredCapacity = 0 } = fleet.group();
  fleet.call('SetDesiredCapacity', { DesiredCapacity: Math.max(1, DesiredCapacity + by) });
}

/** Returns the number of the template's version in a revision: 7 of `lt-0a1b2c3d4e5f60718/7`. */
export function versionIn(revision: string): string | null {
  return /\/(\d+)(?:@.*)?$/.exec(revision)?.[1] ?? null;
}
