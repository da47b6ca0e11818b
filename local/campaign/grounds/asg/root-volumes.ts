import { ARM, openImageFleet, type ImageOptions, type Images } from '../../../scenarios/asg/own-images.ts';
import { TARGET } from '../../../scenarios/asg/fleet.ts';
import type { Ground } from '../../ground.ts';
import { canDo, capacityOf, openingOf, retag } from './group.ts';

/** How refreshes bring another image to the instances, by strategy. */
const STRATEGIES: Readonly<Record<string, ImageOptions>> = {
  'replace-root-volume': { strategy: 'ReplaceRootVolume' },
  'replace-root-volume-quickly': {
    strategy: 'ReplaceRootVolume',
    preferences: { MinHealthyPercentage: 50, InstanceWarmup: 0 },
  },
  'replace-root-volume-goes-back': {
    strategy: 'ReplaceRootVolume',
    preferences: { AutoRollback: true, AlarmSpecification: { Alarms: ['errors'] } },
  },
  'image-of-type': { preferences: { MinHealthyPercentage: 100, MaxHealthyPercentage: 150 } },
};

/** Groups whose instance types have images of their own. */
export const rootVolumes: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, how]) => ({
  kind: 'asg',
  controller: 'instance-refresh',
  strategy,
  open: async (stage, settings, first) => {
    const { options, alarms } = openingOf(settings, first);
    const fleet = await openImageFleet(stage, { ...options, settlesMinutes: 1 });
    const images = new Map<string, Images>([[first.name, fleet.first]]);
    return {
      target: TARGET,
      alarms: alarms(),
      deploy: ({ name, behaviour }) => {
        const known = images.get(name) ?? fleet.bake(behaviour);
        images.set(name, known);
        fleet.deploy(known, how);
      },
      releaseOf: (revision) =>
        [...images].find(([, { [ARM]: image = '' }]) => revision.endsWith(`@${image}`))?.[0] ?? null,
      tag: (tags) => retag(fleet, stage, tags),
      capacity: () => capacityOf(fleet),
      can: {
        ...canDo(fleet, stage, fleet.first[ARM] ?? ''),
        abort: () => fleet.call('RollbackInstanceRefresh', {}),
      },
    };
  },
}));
