import type { RefreshPreferences } from '@aws-sdk/client-auto-scaling';
import { openFleet, TARGET, type Fleet } from '../../../scenarios/asg/fleet.ts';
import type { Ground } from '../../ground.ts';
import type { Release } from '../../releases.ts';
import { canDo, capacityOf, openingOf, retag, versionIn } from './group.ts';

interface Strategy {
  readonly preferences?: RefreshPreferences;
  /** The group names the version before the refresh begins, as Terraform does. */
  readonly isSaved?: true;
}

const WATCHED = { AlarmSpecification: { Alarms: ['errors'] } };

/** How instance refreshes replace instances, by strategy. */
const STRATEGIES: Readonly<Record<string, Strategy>> = {
  rolling: {},
  'rolling-saved': { isSaved: true },
  'rolling-slowly': { preferences: { MaxHealthyPercentage: 125, InstanceWarmup: 180 } },
  'rolling-terminates-first': { preferences: { MinHealthyPercentage: 50, MaxHealthyPercentage: 100 } },
  'all-at-once': { preferences: { MaxHealthyPercentage: 200, BakeTime: 300 } },
  'goes-back': { preferences: { InstanceWarmup: 120, AutoRollback: true, ...WATCHED } },
  'fails-by-alarm': { preferences: { InstanceWarmup: 120, ...WATCHED } },
  checkpoints: { preferences: { CheckpointPercentages: [25, 100], CheckpointDelay: 300 } },
};

const PREFERENCES: RefreshPreferences = { MinHealthyPercentage: 100, MaxHealthyPercentage: 150 };

/** Groups whose instances an instance refresh replaces. */
export const refreshed: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, how]) => ({
  kind: 'asg',
  controller: 'instance-refresh',
  strategy,
  open: async (stage, settings, first) => {
    const { options, alarms } = openingOf(settings, first);
    const fleet = await openFleet(stage, { ...options, proven: false });
    const versions = new Map([[first.name, '1']]);
    return {
      target: TARGET,
      alarms: alarms(),
      deploy: (release) => deploy(fleet, versionOf(fleet, versions, release), how),
      releaseOf: (revision) =>
        [...versions].find(([, version]) => version === versionIn(revision))?.[0] ?? null,
      tag: (tags) => retag(fleet, stage, tags),
      capacity: () => capacityOf(fleet),
      can: {
        ...canDo(fleet, stage, fleet.image(1)),
        abort: () => fleet.call(how.isSaved ? 'CancelInstanceRefresh' : 'RollbackInstanceRefresh', {}),
      },
    };
  },
}));

function versionOf(fleet: Fleet, versions: Map<string, string>, { name, behaviour }: Release): string {
  const known = versions.get(name) ?? fleet.version(behaviour);
  versions.set(name, known);
  return known;
}

function deploy(fleet: Fleet, version: string, { preferences, isSaved }: Strategy): void {
  const LaunchTemplate = fleet.choice(version);
  if (isSaved) fleet.call('UpdateAutoScalingGroup', { LaunchTemplate });
  fleet.call('StartInstanceRefresh', {
    ...(isSaved !== true && { DesiredConfiguration: { LaunchTemplate } }),
    Preferences: { ...PREFERENCES, ...preferences },
  });
}
