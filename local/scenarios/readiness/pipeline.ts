import { deployAction, edit, openShop, PROD, TARGET, type Shop, type ShopOptions } from '../pipeline/shop.ts';
import type { Stage } from '../stage.ts';
import { denying } from './denied.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

const SET = { StackName: 'checkout', ChangeSetName: 'next' };
const CREATE = deployAction('Create', 'CloudFormation', { ...SET, ActionMode: 'CHANGE_SET_REPLACE' });
const EXECUTE = deployAction('Execute', 'CloudFormation', { ...SET, ActionMode: 'CHANGE_SET_EXECUTE' });

/** Opens a pipeline whose stage executes change sets that it creates, with two proven executions. */
async function openProven(stage: Stage, options: ShopOptions = {}): Promise<Shop> {
  stage.world.codepipeline.stack('checkout', { functionName: 'checkout', alias: 'live' });
  const actions = [CREATE, { ...EXECUTE, runOrder: 2 }];
  const shop = await openShop(stage, { stages: [{ name: 'Prod', actions }], ...options });
  await shop.release();
  await shop.soaked();
  return shop;
}

const MANUAL = { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } as const;
const GATED = {
  name: 'Prod',
  actions: [{ name: 'Gate', actionTypeId: MANUAL }, CREATE, { ...EXECUTE, runOrder: 2 }],
};

const stories: readonly ReadinessStory<Shop>[] = [
  {
    name: 'pipeline-healthy',
    shows: 'two proven executions of a stage that creates its change sets: nothing is found',
    finds: [],
    ready: 'yes',
  },
  {
    name: 'pipeline-not-permitted',
    shows: 'the organization denies the role to roll stages back: the simulation shows it',
    attached: denying('pipeline', 'codepipeline:RollbackStage'),
    finds: ['not-permitted'],
    ready: 'no',
  },
  {
    name: 'pipeline-approval-in-stage',
    shows:
      'an edit put an approval into the stage, for which a rollback would wait: and AWS goes back across no edit',
    spoil: (stage) => edit(stage, { stages: [GATED] }),
    finds: ['approval-in-stage', 'no-way-back'],
    ready: 'no',
  },
];

/** Stages whose actions would not do again what they did. */
const others: readonly (ReadinessStory<Shop> & Pick<ShopOptions, 'stages'>)[] = [
  {
    name: 'pipeline-change-set-consumed',
    shows: 'the stage executes a change set of an earlier stage: a second run would find none',
    stages: [
      { name: 'Prepare', actions: [CREATE] },
      { name: 'Prod', actions: [EXECUTE] },
    ],
    finds: ['change-set-consumed'],
    ready: 'no',
  },
  {
    name: 'pipeline-faster-target',
    shows: 'the stage deploys a function, which goes back faster without the pipeline',
    stages: [PROD],
    finds: ['faster-target'],
    ready: 'yes',
  },
];

export const readinessPipeline = [
  ...readinessStories(TARGET, (stage) => openProven(stage), stories),
  ...others.flatMap(({ stages = [], ...story }) =>
    readinessStories(TARGET, (stage) => openProven(stage, { stages }), [story]),
  ),
];
