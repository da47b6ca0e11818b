import type { StageDeclaration } from '@aws-sdk/client-codepipeline';
import { edit, openShop, PIPELINE_ARN, PROD, TARGET, type Shop } from '../../scenarios/pipeline/shop.ts';
import type { Stage } from '../../scenarios/stage.ts';
import { putAlarms } from '../alarms.ts';
import type { Ground, Subject } from '../ground.ts';
import type { Release } from '../releases.ts';
import { WATCHED } from './lambda/alias.ts';
import { lastgoodKeys } from './tags.ts';

const LATER: StageDeclaration = {
  name: 'Later',
  actions: [
    {
      name: 'Wait',
      actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
    },
  ],
};

/** The stages after the source, by strategy. */
const STRATEGIES: Readonly<Record<string, readonly StageDeclaration[]>> = {
  'one-stage': [PROD],
  'later-approval': [PROD, LATER],
};

/** Stages of pipelines. Without a person, Lastgood rolls one back on request only. */
export const grounds: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, stages]) => ({
  ...{ kind: 'pipeline', controller: 'CodePipeline', strategy },
  open: async (stage, settings, first) => {
    let alarms: readonly string[] = [];
    const shop = await openShop(stage, {
      ...{ tags: settings.tags, stages, first: first.behaviour, proven: false },
      putAlarms: () => {
        alarms = putAlarms(stage, settings, WATCHED, TARGET);
      },
    });
    return subjectOf(stage, shop, alarms, first, stages);
  },
}));

function subjectOf(
  stage: Stage,
  shop: Shop,
  alarms: readonly string[],
  first: Release,
  stages: readonly StageDeclaration[],
): Subject {
  const commits = new Map([[first.name, 'c1']]);
  const executions = new Map([[shop.good, first.name]]);
  let newest = shop.good;
  return {
    ...{ target: TARGET, alarms },
    deploy: ({ name, behaviour }) => {
      const known = commits.get(name);
      commits.set(name, known ?? `c${commits.size + 1}`);
      newest = shop.start(behaviour, known);
      executions.set(newest, name);
    },
    releaseOf: (revision) => executions.get(revision) ?? null,
    tag: (tags) => retag(stage, tags),
    can: {
      // One that is over refuses.
      abort: () =>
        stage.call('codepipeline', 'StopPipelineExecution', {
          ...{ pipelineName: 'checkout', pipelineExecutionId: newest, reason: 'not now' },
        }),
      drift: () => edit(stage, { stages }),
    },
  };
}

function retag(stage: Stage, tags: Readonly<Record<string, string>>): void {
  const resourceArn = PIPELINE_ARN;
  const { tags: now = [] } = stage.call<{
    tags?: readonly { readonly key: string; readonly value: string }[];
  }>('codepipeline', 'ListTagsForResource', { resourceArn });
  const tagKeys = lastgoodKeys(Object.fromEntries(now.map(({ key, value }) => [key, value])));
  stage.call('codepipeline', 'UntagResource', { resourceArn, tagKeys });
  const added = Object.entries(tags).map(([key, value]) => ({ key, value }));
  if (added.length > 0) stage.call('codepipeline', 'TagResource', { resourceArn, tags: added });
}
