import type {
  BothSides,
  Followed,
  Look,
  Minutes,
  Probed,
  Stop,
  Targets,
  Weighed,
} from '../../../src/lookout/document.ts';
import { weigh } from '../../../src/lookout/weigh.ts';
import { after } from '../../../src/rollback/time.ts';

/** When the deployment of `checkout:2` began. */
export const START = '2026-11-22T03:00:00.000Z';
export const TARGET = 'ecs:prod/checkout';
export const NEWER = { id: 'revision/2', name: 'checkout:2' };
export const OLDER = { id: 'revision/1', name: 'checkout:1' };

/** Returns an instant by its seconds since the deployment began. */
export const at = (seconds: number) => after(START, seconds);

/** The sides of a blue/green deployment: each has a group of its own. */
export function sides(more: Partial<BothSides> = {}): BothSides {
  return {
    state: 'sides',
    at: START,
    deployment: 'deployment/2',
    startedAt: START,
    newer: { revision: NEWER, groups: ['group/green'], wanted: 4 },
    older: { revision: OLDER, groups: ['group/blue'], wanted: 4 },
    meters: [],
    tags: { lastgood: 'auto', 'lastgood:lookout': 'act' },
    ...more,
  };
}

/** The sides of a rolling deployment: both share one group. */
export const rolling = (): BothSides =>
  sides({
    newer: { revision: NEWER, groups: ['group/one'], wanted: 4 },
    older: { revision: OLDER, groups: ['group/one'], wanted: 4 },
  });

export const followed = (more: Partial<Followed> = {}): Followed & { readonly execution: string } => ({
  ...{ kind: 'ecs', target: TARGET, deployment: 'ecs-svc/2', startedAt: START, sides: sides() },
  ...more,
  execution: 'execution/one',
});

/** What one look sees: nothing, unless a test says more. */
export function lookAt(seconds: number, more: Partial<Look> = {}): Look {
  return { at: at(seconds), probes: [], stops: [], missing: [], ...more };
}

export const probes = (more: Partial<Probed> = {}): Probed => ({
  ...{ through: 'users', sent: 5, failed: 0, slow: 0, seconds: 0.1 },
  ...more,
});

export const crash = (seconds: number, more: Partial<Stop> = {}): Stop => ({
  ...{ at: at(seconds), side: 'newer', kind: 'crash', says: 'app exited with 1' },
  ...more,
});

export const ids = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name}-${index}:80`);

/** A reading of the targets in the groups of both sides, as look adds it. */
export function targetsAt(seconds: number, newer: Partial<Targets>, older: Partial<Targets> = {}) {
  const of = (side: Targets['side'], more: Partial<Targets>): Targets => ({
    ...{ side, healthy: [], unhealthy: [], others: 0 },
    ...more,
  });
  return { targets: [of('newer', newer), of('older', older)], targetsAt: at(seconds) };
}

/** Requests, errors and p95 of one minute. Undefined: it has no datapoint. */
export type Point = readonly [requests: number, errors?: number, latency?: number] | undefined;

/** The minutes of one side, of which the first begins so many minutes before the deployment. */
export function minutes(of: Minutes['of'], points: readonly Point[], before = 10): Minutes {
  const series = (value: (point: Point) => number | undefined) => ({
    start: at(-60 * before),
    periodSeconds: 60,
    values: points.map((point) => value(point) ?? null),
  });
  return {
    of,
    requests: series((point) => point?.[0]),
    errors: series((point) => point?.[1]),
    latency: series((point) => point?.[2]),
  };
}

export const repeat = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one);

/** Weighs these looks one after another, each at its own time, and returns the last answer. */
export function weighAll(looks: readonly Look[], both: BothSides = sides()): Weighed {
  const [last] = [...everyWeighed(looks, both)].slice(-1);
  if (last === undefined) throw new Error('there was no look');
  return last;
}

/** Weighs these looks one after another, until one does not wait. The document goes through JSON between them. */
export function everyWeighed(looks: readonly Look[], both: BothSides = sides()): readonly Weighed[] {
  const answers: Weighed[] = [];
  let document = followed({ sides: both });
  for (const look of looks) {
    document = JSON.parse(JSON.stringify({ ...document, look })) as typeof document;
    const weighed = weigh(document, look.at);
    answers.push(weighed);
    if (weighed.state !== 'wait' && weighed.state !== 'wait-for-sides') break;
    document = { ...document, weighed };
  }
  return answers;
}

/** Weighs one more look, which sees nothing, with the counters of an earlier answer. */
export function weighAfter(weighed: Weighed, seconds: number, both: BothSides): Weighed {
  return weigh(followed({ sides: both, weighed, look: lookAt(seconds) }), at(seconds));
}
