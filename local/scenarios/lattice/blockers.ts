import { publishedEvents } from '../events/published.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { FAULTY, openMesh, TARGET, weighs, type MeshOptions } from './mesh.ts';

/** Situations that block going back, and what Lastgood does about them. */
export const latticeBlockers: readonly Scenario[] = [
  blocked(
    'lattice-unhealthy-blue',
    'blue lost half of its servers: it cannot carry the requests, and it ends clean',
    { lost: 2 },
    /shop-blue has 2 healthy targets of 4 needed/,
  ),
  blocked(
    'lattice-function-behind',
    'a function stands behind blue, whose health VPC Lattice never checks: unknown is not healthy, and it ends clean',
    { functions: ['blue'] },
    /the health of shop-blue cannot be proven: VPC Lattice does not check 1 of its 1 targets/,
  ),
  blocked(
    'lattice-checks-off',
    'health checks are off: unknown is not healthy, and it ends clean',
    { checked: false },
    /the health of shop-blue cannot be proven: VPC Lattice does not check 4 of its 4 targets/,
  ),
  blocked(
    'lattice-owned-by-ecs',
    'the target groups belong to an ECS service, which owns the weights: the reason names it',
    { groupTags: { 'lastgood:target': 'ecs:prod/checkout' } },
    /belongs to ecs:prod\/checkout, by its tag lastgood:target: roll that back instead/,
  ),
  blocked(
    'lattice-owned-by-controller',
    'the AWS Gateway API Controller made the service from a route and would put its weights back: the reason names it',
    {
      serviceTags: {
        'application-networking.k8s.aws/ManagedBy': '111122223333/prod/vpc-0a1b2c3d',
        'application-networking.k8s.aws/RouteName': 'checkout',
      },
    },
    /sets its weights from the route checkout of 111122223333\/prod\/vpc-0a1b2c3d, by its tags, and restores/,
  ),
  {
    name: 'lattice-detached',
    shows: 'the pipeline detached blue: its health is unknown, so no request goes there, and it ends clean',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage);
      mesh.behave('green', FAULTY);
      mesh.weigh({ green: 100 });
      await stage.aftermath();
      weighs(mesh, { green: 100 });
    },
    ends: clean(/the health of shop-blue is unknown: no rule names it/),
  },
  {
    name: 'lattice-never-proven',
    shows: 'nothing was proven before the release: there is nowhere to go back to, and it ends clean',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage, { proven: false, tags: { 'lastgood:soak': '60' } });
      await stage.minutes(12);
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: clean(/no other usable division .* is proven/),
  },
  {
    name: 'lattice-rule-without-tag',
    shows: 'only the listener opted in, and the bad weights are those of its rule: nothing is written',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage, { on: 'rule', proven: false, tags: { lastgood: 'none' } });
      const resourceArn = `arn:aws:vpc-lattice:eu-west-1:111122223333:service/${mesh.service}/listener/${mesh.listener}`;
      stage.call('lattice', 'TagResource', { resourceArn, tags: { lastgood: 'auto' } });
      await stage.minutes(8);
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
      weighs(mesh, { blue: 0, green: 100 });
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: [],
      because: /is not opted in: it has no tag lastgood/,
    },
  },
  {
    name: 'lattice-second-path',
    shows:
      'another rule of the service sends its path to green too: the plan says so, and the way back is not called healthy',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage);
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      mesh.addPath('cart', 'green');
      await stage.aftermath();
      weighs(mesh, { blue: 100, green: 0 });
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['UpdateListener'],
      also: (stage) =>
        notes(stage, /^cart \(lattice:svc-\w+\/listener-\w+\/rule-\w+\) sends traffic to shop-green too/),
    },
  },
];

function blocked(
  name: string,
  shows: string,
  { lost = 0, ...options }: MeshOptions & { readonly lost?: number },
  because: RegExp,
): Scenario {
  return {
    ...{ name, shows, target: TARGET },
    async play(stage) {
      const mesh = await openMesh(stage, options);
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      if (lost > 0) await mesh.lose('blue', lost);
      await stage.aftermath();
      weighs(mesh, { blue: 0, green: 100 });
    },
    ends: { ...clean(because), movedByPeople: /100 % of the traffic moved to tg-\w+/ },
  };
}

function clean(because: RegExp): Ending {
  return { outcome: 'failed-clean', served: false, writes: [], because };
}

/** Returns null if the published plan has such a note, or else its notes. */
function notes(stage: Stage, wanted: RegExp): string | null {
  const planned = publishedEvents(stage).find(({ type }) => type === 'Rollback Planned')?.detail;
  const found = (planned as { readonly notes?: readonly string[] } | undefined)?.notes ?? [];
  return found.some((note) => wanted.test(note)) ? null : `the plan notes [${found.join(' | ')}]`;
}
