import { rejectedOnce } from '../events/published.ts';
import type { Scenario } from '../scenario.ts';
import { keptAsDeadLetter } from './endings.ts';
import { openShop, request } from './shop.ts';
import { TARGET } from './target.ts';

/** Scenarios in which a person or a tool asks for a rollback, and in which a request or an event cannot be read. */
export const ecsRequests: readonly Scenario[] = [
  {
    name: 'ecs-requested-revision',
    shows: 'a tool asks for a rollback on the bus: it is done',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', { errorRate: 0.03 });
      await shop.deployed();
      await stage.minutes(2);
      request(stage, { target: TARGET, reason: 'carts are empty since the release' });
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-unknown-revision',
    shows: 'a request for a revision that does not exist: the error names the field, nothing is changed',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', { errorRate: 0.03 });
      await shop.deployed();
      const revision =
        'arn:aws:ecs:eu-west-1:111122223333:service-revision/prod/checkout/1234567890123456789';
      request(stage, { target: TARGET, reason: 'go back to that one', revision });
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /request\.revision/ },
  },
  {
    name: 'ecs-malformed-request',
    shows:
      'a request with control characters in its target: no rollback starts, and the bus says which field is wrong',
    target: TARGET,
    async play(stage) {
      await openShop(stage, { proven: false });
      request(stage, { target: 'ecs:prod/check\u0007out', reason: 'x' });
      await stage.minutes(10);
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: (stage) => rejectedOnce(stage, 'detail.target'),
    },
  },
  {
    name: 'ecs-malformed-alarm',
    shows: 'an event of an alarm without its time: no rollback starts, and it is kept with the error',
    target: TARGET,
    async play(stage) {
      await openShop(stage, { proven: false });
      const detail = { alarmName: 'checkout-errors', state: { value: 'ALARM' } };
      stage.runtime.bus.emit({
        source: 'aws.cloudwatch',
        'detail-type': 'CloudWatch Alarm State Change',
        resources: [],
        detail,
      });
      await stage.minutes(10);
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: (stage) => keptAsDeadLetter(stage),
    },
  },
];
