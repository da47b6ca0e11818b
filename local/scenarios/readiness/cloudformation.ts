import { openShop, slow, TARGET, type Shop } from '../cloudformation/shop.ts';
import type { Stage } from '../stage.ts';
import { denying } from './denied.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

/** Opens the stack with a proven creation, and an update in its monitoring time. */
async function openUpdated(stage: Stage): Promise<Shop> {
  const shop = await openShop(stage, { monitoringMinutes: 60 });
  shop.update();
  await stage.minutes(3);
  return shop;
}

const stories: readonly ReadinessStory<Shop>[] = [
  {
    name: 'cloudformation-healthy',
    shows: 'an update in its monitoring time, of a stack that stores a role: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ way }) => (way?.to === 'shop@create-1' ? null : JSON.stringify(way)),
  },
  {
    name: 'cloudformation-at-rest',
    shows: 'the update has completed: there is no way back any more, as for every stack at rest',
    spoil: (_, shop) => shop.rest(),
    finds: ['no-way-back'],
    ready: 'no',
  },
  {
    name: 'cloudformation-not-permitted',
    shows: 'the organization denies the role to cancel updates: the simulation shows it',
    attached: denying('cloudformation', 'cloudformation:CancelUpdateStack'),
    finds: ['not-permitted'],
    ready: 'no',
  },
  {
    name: 'cloudformation-express',
    shows: 'the last update used the express mode, which CloudFormation does not roll back',
    spoil: async (stage, shop) => {
      await shop.rest();
      shop.update({ mode: 'EXPRESS' });
      await shop.rest();
      await stage.minutes(1);
    },
    finds: ['no-way-back', 'stack-express'],
    ready: 'no',
  },
  {
    name: 'cloudformation-rollback-off',
    shows:
      'an update with rollback disabled has failed: it can be rolled back, and stays half done until then',
    spoil: async (stage, shop) => {
      await shop.rest();
      await shop.soaked();
      shop.update({ disableRollback: true, more: [slow('Slow', 1800)] });
      await stage.minutes(3);
    },
    finds: ['stack-rollback-off'],
    ready: 'yes',
  },
];

/** Of a stack without a role and without a monitoring time. */
const bare: readonly ReadinessStory<Shop>[] = [
  {
    name: 'cloudformation-bare',
    shows:
      'a stack stores no role and has no monitoring time: updates can be cancelled only until their last resource',
    spoil: async (stage, shop) => {
      shop.update({ more: [slow('Slow', 1800)] });
      await stage.minutes(3);
    },
    finds: ['stack-monitoring-none', 'stack-role-missing'],
    ready: 'yes',
  },
];

export const readinessCloudformation = [
  ...readinessStories(TARGET, openUpdated, stories),
  ...readinessStories(TARGET, (stage) => openShop(stage, { role: null }), bare),
];
