import { stageArn } from '@lastgood/embedded-aws/world/apigateway/model.ts';
import { openApi, type Api } from '../../scenarios/apigateway/api.ts';
import type { Stage } from '../../scenarios/stage.ts';
import { putAlarms, type Metric, type Watched } from '../alarms.ts';
import type { Ground, Shares, Subject } from '../ground.ts';
import { Pipeline, type Run } from '../pipeline.ts';
import type { Release } from '../releases.ts';
import { lastgoodKeys } from './tags.ts';

interface Canary {
  readonly percent: number;
  readonly seconds: number;
}

/** How a pipeline deploys to a stage, by strategy. Null: at once. */
const STRATEGIES: Readonly<Record<string, Canary | null>> = {
  'all-at-once': null,
  canary: { percent: 20, seconds: 600 },
};

const WATCHED: Watched = {
  errors: [metric('5XXError')],
  requests: [metric('Count')],
  latency: metric('Latency'),
  slowFrom: 500,
};

function metric(name: string): Metric {
  return { namespace: 'AWS/ApiGateway', name, dimensions: { ApiName: 'checkout', Stage: 'prod' } };
}

/** Stages of REST APIs. */
export const grounds: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, canary]) => ({
  ...{ kind: 'apigateway', controller: 'pipeline', strategy },
  open: async (stage, settings, first) => {
    let alarms: readonly string[] = [];
    const api = await openApi(stage, {
      ...{ tags: settings.tags, first: first.behaviour, proven: false },
      putAlarms: (target) => {
        // The dimensions name the stage; a composite alarm has none.
        alarms = putAlarms(stage, settings, WATCHED, settings.alarm.composite ? target : null);
      },
    });
    return subjectOf(stage, api, alarms, first, canary);
  },
}));

function subjectOf(
  stage: Stage,
  api: Api,
  alarms: readonly string[],
  first: Release,
  canary: Canary | null,
): Subject {
  const deployments = new Map([[first.name, api.first]]);
  const pipeline = new Pipeline(stage.world.clock);
  const begin = (run: Run, { behaviour }: Release): string => {
    if (canary === null) return api.release(behaviour);
    const id = api.canary(canary.percent, behaviour);
    run.after(canary.seconds, () => {
      const { deploymentId, percentTraffic } = api.now().canarySettings ?? {};
      if (deploymentId !== id || percentTraffic !== canary.percent) return;
      api.promote();
      api.removeCanary();
    });
    return id;
  };
  return {
    ...{ target: api.target, alarms },
    deploy: (release) => {
      const run = pipeline.begin();
      const known = deployments.get(release.name);
      if (known === undefined) deployments.set(release.name, begin(run, release));
      else putBack(api, known);
    },
    releaseOf: (revision) => [...deployments].find(([, id]) => id === revision.split('?')[0])?.[0] ?? null,
    shares: () => sharesOf(api, deployments),
    tag: (tags) => retag(stage, api, tags),
    can: {
      abort: () => {
        pipeline.stop();
        if (api.now().canarySettings !== undefined) api.removeCanary();
      },
      drift: () => api.patch({ op: 'replace', path: '/description', value: 'the stage of the shop' }),
      'lose-first': () => api.remove(api.first),
    },
  };
}

/** A canary has its part of the traffic, and the deployment of the stage the rest. */
function sharesOf(api: Api, deployments: ReadonlyMap<string, string>): Shares {
  const { deploymentId, canarySettings } = api.now();
  const canary = canarySettings?.percentTraffic ?? 0;
  return Object.fromEntries(
    [...deployments].map(([name, id]) => [
      name,
      (id === deploymentId ? 100 - canary : 0) + (id === canarySettings?.deploymentId ? canary : 0),
    ]),
  );
}

/** Points the stage at an earlier deployment, without a canary. */
function putBack(api: Api, deploymentId: string): void {
  if (api.now().canarySettings !== undefined) api.removeCanary();
  api.putBack(deploymentId);
}

function retag(stage: Stage, { id }: Api, tags: Readonly<Record<string, string>>): void {
  const resourceArn = stageArn(id, 'prod');
  const { tags: now = {} } = stage.call<{ tags?: Record<string, string> }>('apigateway', 'GetTags', {
    resourceArn,
  });
  stage.call('apigateway', 'UntagResource', { resourceArn, tagKeys: lastgoodKeys(now) });
  if (Object.keys(tags).length > 0) stage.call('apigateway', 'TagResource', { resourceArn, tags });
}
