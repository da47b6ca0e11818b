import { openMesh, type Mesh } from '../lattice/mesh.ts';
import type { Stage } from '../stage.ts';
import { denying } from './denied.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

/** Opens both sides proven: blue is the way back of green. */
async function openProven(stage: Stage): Promise<Mesh> {
  const mesh = await openMesh(stage);
  mesh.weigh({ blue: 0, green: 100 });
  await mesh.soak();
  return mesh;
}

function checkBlue(stage: Stage, { groups }: Mesh, healthCheck: object): void {
  stage.call('lattice', 'UpdateTargetGroup', { targetGroupIdentifier: groups['blue'], healthCheck });
}

const stories: readonly ReadinessStory<Mesh>[] = [
  {
    name: 'lattice-healthy',
    shows: 'both sides are on the listener, full and alike: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ score, way }) =>
      score === 100 && way?.to === 'shop-blue' ? null : JSON.stringify({ score, way }),
  },
  {
    name: 'lattice-side-detached',
    shows: 'the pipeline took the old side off the listener',
    spoil: (_, mesh) => mesh.weigh({ green: 100 }),
    finds: ['no-way-back', 'side-detached'],
    ready: 'no',
  },
  {
    name: 'lattice-side-unhealthy',
    shows: 'half of the servers of the old side fail their health checks',
    spoil: (_, mesh) => mesh.lose('blue', 2),
    finds: ['no-way-back', 'side-unhealthy'],
    ready: 'no',
  },
  {
    name: 'lattice-side-unchecked',
    shows: 'the health checks of the old side were switched off',
    spoil: (stage, mesh) => checkBlue(stage, mesh, { enabled: false }),
    finds: ['no-way-back', 'side-unchecked'],
    ready: 'no',
  },
  {
    name: 'lattice-checks-differ',
    shows: 'the old side is asked for another page than the new one',
    spoil: (stage, mesh) => checkBlue(stage, mesh, { path: '/ping' }),
    finds: ['checks-differ'],
    ready: 'yes',
  },
  {
    name: 'lattice-path-beside',
    shows: 'another rule of the service sends its path to the running side too',
    spoil: (_, mesh) => mesh.addPath('cart', 'green'),
    finds: ['path-beside'],
    ready: 'yes',
  },
  {
    name: 'lattice-not-permitted',
    shows: 'the organization denies the role to change listeners: the simulation shows it',
    attached: denying('lattice', 'vpc-lattice:UpdateListener'),
    finds: ['not-permitted'],
    ready: 'no',
  },
];

/** The ids of service and listener differ from seed to seed. */
export const readinessLattice = readinessStories(({ target }) => target, openProven, stories);
