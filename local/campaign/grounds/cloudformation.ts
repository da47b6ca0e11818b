import { openShop, slow, TARGET, type Shop, type ShopUpdate } from '../../scenarios/cloudformation/shop.ts';
import type { Stage } from '../../scenarios/stage.ts';
import { putAlarms } from '../alarms.ts';
import type { Ground, Subject } from '../ground.ts';
import type { Release } from '../releases.ts';
import { WATCHED } from './lambda/alias.ts';

interface Strategy {
  /** Minutes in which CloudFormation can still cancel, when every resource is new. */
  readonly monitoringMinutes: number;
  /** CloudFormation rolls an update back by the alarm too. */
  readonly isTriggered?: true;
  /** Resources that are slow to change after the alias. */
  readonly more?: ShopUpdate['more'];
}

const SLOW = ['One', 'Two', 'Three'].map((name) => slow(name, 300));

/** How an update goes, by strategy. */
const STRATEGIES: Readonly<Record<string, Strategy>> = {
  monitored: { monitoringMinutes: 30 },
  'monitored-goes-back': { monitoringMinutes: 30, isTriggered: true },
  'slow-resources': { monitoringMinutes: 0, more: SLOW },
  unmonitored: { monitoringMinutes: 0 },
};

/** A soak counts from when the alarm is OK. */
const CALM_MINUTES = 4;

/** Stacks whose updates point the alias of a function at another version. */
export const grounds: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, how]) => ({
  ...{ kind: 'cloudformation', controller: 'CloudFormation', strategy },
  open: async (stage, settings, first) => {
    let alarms: readonly string[] = [];
    const shop = await openShop(stage, {
      ...{ tags: settings.tags, first: first.behaviour, proven: false, calmMinutes: CALM_MINUTES },
      ...{ monitoringMinutes: how.monitoringMinutes, triggered: how.isTriggered ?? false, alarm: 'errors' },
      putAlarms: (target) => {
        alarms = putAlarms(stage, settings, WATCHED, target);
      },
    });
    return subjectOf(stage, shop, alarms, first, how);
  },
}));

function subjectOf(
  stage: Stage,
  shop: Shop,
  alarms: readonly string[],
  first: Release,
  { more = [] }: Strategy,
): Subject {
  const versions = new Map([[first.name, '1']]);
  const operations = new Map([['create-1', first.name]]);
  return {
    ...{ target: TARGET, alarms },
    deploy: ({ name, behaviour }) => {
      const token = `deploy-${operations.size}-${name}`;
      const version = versions.get(name);
      if (version === undefined) versions.set(name, shop.update({ code: behaviour, token, more }));
      else shop.pointAt(version, { token, more });
      operations.set(token, name);
    },
    releaseOf: (revision) => operations.get(revision) ?? null,
    tag: (tags) => stage.world.cloudformation.tag('shop', tags),
    can: {
      abort: () => stage.call('cloudformation', 'CancelUpdateStack', { StackName: 'shop' }),
      drift: () =>
        stage.call('lambda', 'UpdateAlias', {
          ...{ FunctionName: 'checkout', Name: 'live', Description: 'the alias of the shop' },
        }),
      'lose-first': () =>
        stage.call('lambda', 'DeleteFunction', { FunctionName: 'checkout', Qualifier: '1' }),
    },
  };
}
