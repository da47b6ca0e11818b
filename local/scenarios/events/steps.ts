import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import { differsFromPublished } from './published.ts';

const ALL = [
  'Rollback Started',
  'Rollback Planned',
  'Rollback Stopped',
  'Rollback Reverted',
  'Rollback Succeeded',
  'Rollback Frozen',
] as const;

/** The events of a rollback on the bus. */
export const steps: readonly Scenario[] = [
  {
    name: 'events-all-steps',
    shows: 'every step of a rollback is on the bus, once and in order, and matches its schema',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', { errorRate: 0.3 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => differsFromPublished(stage, ALL),
    },
  },
  {
    name: 'events-question',
    shows: 'a question is on the bus with its plan; no answer comes, and that is published too',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { lastgood: 'approve', 'lastgood:countdown': '5' } });
      shop.release('v2', { errorRate: 0.3 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: [],
      also: (stage) =>
        differsFromPublished(stage, [
          'Rollback Started',
          'Rollback Planned',
          'Rollback Approval Requested',
          'Rollback Skipped',
        ]),
    },
  },
  {
    name: 'events-bus-outage',
    shows:
      'the bus fails while a rollback runs: the rollback ends as usual, and every event is published later',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      const { disturb } = stage.runtime.wire;
      const error = new AwsError('InternalException', 'The service is out.', 500);
      disturb.fail({ service: 'events', operation: 'PutEvents', error }, Infinity);
      shop.release('v2', { errorRate: 0.3 });
      await stage.aftermath();
      const problem = differsFromPublished(stage, []);
      if (problem !== null) throw new Error(problem);
      disturb.heal('events', 'PutEvents');
      await stage.minutes(3);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => differsFromPublished(stage, ALL),
    },
  },
];
