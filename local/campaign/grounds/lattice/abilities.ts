import type { ListTargetsResponse } from '@aws-sdk/client-vpc-lattice';
import { addressesOf, SERVERS } from '../../../scenarios/lattice/sides.ts';
import type { Mesh } from '../../../scenarios/lattice/mesh.ts';
import type { Stage } from '../../../scenarios/stage.ts';
import type { Subject } from '../../ground.ts';
import type { Release } from '../../releases.ts';

/** Returns what can be done to the servers and settings of the target groups. */
export function canOf(stage: Stage, mesh: Mesh, first: Release): Subject['can'] {
  const targetsOf = (side: string) => {
    const targetGroupIdentifier = mesh.groups[side];
    const { items = [] } = stage.call<ListTargetsResponse>('lattice', 'ListTargets', {
      targetGroupIdentifier,
    });
    return items.filter(({ status }) => status !== 'DRAINING').map(({ id = '' }) => id);
  };
  const change = (operation: 'RegisterTargets' | 'DeregisterTargets', side: string, ids: readonly string[]) =>
    stage.call('lattice', operation, {
      targetGroupIdentifier: mesh.groups[side],
      targets: ids.map((id) => ({ id })),
    });
  return {
    grow: () => {
      const side = busiest(mesh);
      const gone = addressesOf(side)
        .slice(0, SERVERS)
        .filter((address) => !targetsOf(side).includes(address));
      if (gone.length > 0) change('RegisterTargets', side, gone);
    },
    shrink: () => {
      const side = busiest(mesh);
      const [, ...others] = targetsOf(side);
      if (others.length > 0) change('DeregisterTargets', side, others.slice(-1));
    },
    drift: () =>
      stage.call('lattice', 'UpdateTargetGroup', {
        targetGroupIdentifier: mesh.groups[busiest(mesh)],
        healthCheck: { unhealthyThresholdCount: 3 },
      }),
    // VPC Lattice deletes no target group that a rule names, or that has targets.
    'lose-first': () => {
      if (mesh.weights()[first.name] === undefined)
        change('DeregisterTargets', first.name, targetsOf(first.name));
      stage.call('lattice', 'DeleteTargetGroup', { targetGroupIdentifier: mesh.groups[first.name] });
    },
  };
}

/** Returns the release that has the most traffic. */
function busiest(mesh: Mesh): string {
  const [most] = Object.entries(mesh.weights()).toSorted(([, one], [, other]) => other - one);
  return most?.[0] ?? '';
}
