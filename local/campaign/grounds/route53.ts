import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { NAME, openEdge, type Edge, type EdgeOptions } from '../../scenarios/route53/edge.ts';
import type { Stage } from '../../scenarios/stage.ts';
import { putAlarms, type Watched } from '../alarms.ts';
import type { Ground, Subject } from '../ground.ts';
import type { Release } from '../releases.ts';
import { otherOf, SIDES, TwoSides, type Places, type Side, type Steps } from '../two-sides.ts';

type Strategy = Steps & Pick<EdgeOptions, 'checked'>;

/** How a pipeline moves the weights of a name, by strategy. */
const STRATEGIES: Readonly<Record<string, Strategy>> = {
  'blue-green': { percents: [100] },
  'blue-green-old-gone': { percents: [100], oldGoneMinutes: 10 },
  canary: { percents: [10, 50, 100] },
  checked: { percents: [100], checked: true },
  'canary-checked': { percents: [50, 100], checked: true },
};

/** DNS has no metric of errors: these are of the users' own monitoring. */
const WATCHED: Watched = { errors: [metric('Errors')], requests: [metric('Requests')] };

const MAX_WEIGHT = 255;
/** Route 53 takes one change of a zone at a time. A pipeline that is refused tries again after so long. */
const AGAIN_MS = 700;

function metric(name: string) {
  return { namespace: 'Edge', name, dimensions: { Host: NAME } };
}

/** Weighted records of one name, whose weights a pipeline moves. */
export const grounds: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, how]) => ({
  kind: 'route53',
  controller: 'pipeline',
  strategy,
  open: async (stage, settings, first) => {
    let alarms: readonly string[] = [];
    const edge = await openEdge(stage, {
      ...how,
      tags: settings.tags,
      first: first.behaviour,
      proven: false,
      putAlarms: (_, target) => {
        alarms = putAlarms(stage, settings, WATCHED, target);
      },
    });
    return subjectOf(stage, edge, alarms, { first, how });
  },
}));

function subjectOf(
  stage: Stage,
  edge: Edge,
  alarms: readonly string[],
  { first, how }: { readonly first: Release; readonly how: Strategy },
): Subject {
  const pipeline = new TwoSides(stage.world.clock, placesOf(stage, edge), how, first);
  return {
    target: edge.target,
    alarms,
    deploy: (release) => pipeline.deploy(release),
    releaseOf: (revision) => releaseIn(revision, pipeline),
    shares: () => pipeline.shares(),
    tag: (tags) => retag(stage, edge, tags),
    can: { abort: () => pipeline.abort(), 'lose-first': () => pipeline.lose(first.name) },
  };
}

function placesOf(stage: Stage, edge: Edge): Places {
  return {
    weight: (side) => edge.weights()[side] ?? 0,
    weigh: (side, percent) => {
      const own = Math.round((MAX_WEIGHT * percent) / 100);
      weigh(stage, edge, { [side]: own, [otherOf(side)]: MAX_WEIGHT - own });
    },
    put: (side, { behaviour }) => edge.behave(side, behaviour),
    isReady: () => true,
    empty: (side) => edge.behave(side, null),
  };
}

/** Changes the weights as soon as the zone takes a change. */
function weigh(stage: Stage, edge: Edge, weights: Readonly<Record<string, number>>): void {
  try {
    edge.weigh(weights);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'PriorRequestNotComplete') throw error;
    stage.world.clock.after(AGAIN_MS, () => weigh(stage, edge, weights));
  }
}

/** Returns the release of `blue=255@1f0c22ab green=0 since 2026-11-22T03:04:00.000Z`. */
function releaseIn(revision: string, pipeline: TwoSides): string | null {
  const [weights = '', since = ''] = revision.split(' since ');
  const served = SIDES.filter((side: Side) => new RegExp(`(?:^| )${side}=[1-9]`).test(weights));
  const [only, another] = served;
  if (only === undefined || another !== undefined) return null;
  return pipeline.releaseOn(only, Date.parse(since));
}

function retag(stage: Stage, { target }: Edge, tags: Readonly<Record<string, string>>): void {
  const ResourceId = target.slice('route53:'.length).split('/')[0];
  const resource = { ResourceType: 'hostedzone', ResourceId };
  const { ResourceTagSet } = stage.call<{
    ResourceTagSet?: { readonly Tags?: readonly { readonly Key?: string }[] };
  }>('route53', 'ListTagsForResource', resource);
  const RemoveTagKeys = (ResourceTagSet?.Tags ?? []).flatMap(({ Key }) =>
    Key?.startsWith('lastgood') === true && !(Key in tags) ? [Key] : [],
  );
  const AddTags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const change = {
    ...(RemoveTagKeys.length > 0 && { RemoveTagKeys }),
    ...(AddTags.length > 0 && { AddTags }),
  };
  if (Object.keys(change).length > 0)
    stage.call('route53', 'ChangeTagsForResource', { ...resource, ...change });
}
