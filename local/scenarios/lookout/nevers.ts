import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { probeUrl, type Balancer } from '../ecs/balancer.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { accusedNothing, all, endedBecause, lookoutsIn, weighedAs, wroteNothing } from './ends.ts';
import { openFollowed } from './shop.ts';

const NOTHING = { outcome: 'none', served: true, writes: [], executions: 0 } as const;
const FAULTY = { errorRate: 0.4 };
const REFUSED = new AwsError('InternalFailure', 'something is wrong');

const PAGE = '/account';

/** Answers 401 itself at one page. */
function refusePage(stage: Stage, { listener }: Balancer): void {
  stage.call('elb', 'CreateRule', {
    ListenerArn: listener,
    Priority: 7,
    Conditions: [{ Field: 'path-pattern', Values: [PAGE] }],
    Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '401' } }],
  });
}

/** What a lookout never accuses, and when it does not follow at all. */
export const lookoutNevers: readonly Scenario[] = [
  {
    name: 'lookout-good',
    shows: 'a good release is followed through its soak, and nothing speaks against it',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage);
      shop.release('v2');
      await stage.minutes(12);
    },
    ends: { ...NOTHING, also: all(accusedNothing, weighedAs('end', 'quiet'), wroteNothing) },
  },
  {
    name: 'lookout-off',
    shows: 'a service without the tag costs one call, and is not followed',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage, {}, { 'lastgood:lookout': 'off' });
      shop.release('v2');
      await stage.minutes(4);
    },
    ends: { ...NOTHING, also: all(endedBecause(/no tag lastgood:lookout/), readOnce) },
  },
  {
    name: 'lookout-blip',
    shows: 'a dependency fails for 50 seconds after a good release: both its sides would hurt, and it ends',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage, { putAlarms: () => undefined });
      shop.release('v2');
      await stage.minutes(1.5);
      stage.traffic.failAll(0.3);
      await stage.minutes(50 / 60);
      stage.traffic.failAll(0);
      await stage.minutes(12);
    },
    ends: { ...NOTHING, also: accusedNothing },
  },
  {
    name: 'lookout-sick-before',
    shows: 'the old side is sick already, so that nothing can be compared with it',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage, { first: { errorRate: 0.2 }, putAlarms: () => undefined });
      shop.release('v2', { errorRate: 0.2 });
      await stage.minutes(12);
    },
    ends: { ...NOTHING, served: false, also: all(accusedNothing, weighedAs('end', 'unclear')) },
  },
  {
    name: 'lookout-page-behind-login',
    shows: 'the probed page answers 401 without a login, before the release as after it',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        tags: (balancer) => {
          refusePage(stage, balancer);
          return {
            'lastgood:lookout': 'act',
            'lastgood:probe': new URL(PAGE, probeUrl(stage, balancer)).href,
          };
        },
      });
      shop.release('v2');
      await stage.minutes(12);
    },
    ends: { ...NOTHING, also: all(accusedNothing, weighedAs('end', 'unclear')) },
  },
  {
    name: 'lookout-fix-right-after',
    shows: 'a fix is deployed over a bad release in flight, whose tasks hurt until the fix is out: it stays',
    target: TARGET,
    async play(stage) {
      const deployment = { maximumPercent: 125, minimumHealthyPercent: 100 };
      const shop = await openFollowed(stage, { desiredCount: 12, deployment, putAlarms: () => undefined });
      shop.release('v2', FAULTY);
      await stage.minutes(1);
      shop.release('v3', { startSeconds: 60 });
      await stage.minutes(20);
    },
    ends: { ...NOTHING, also: accusedNothing },
  },
  {
    name: 'lookout-tag-taken-off',
    shows: 'the owner takes the tag off in the middle of a soak: what hurts afterwards accuses nothing',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage, { putAlarms: () => undefined }, { 'lastgood:soak': '60' });
      shop.release('v2');
      await stage.minutes(9);
      stage.call('ecs', 'UntagResource', { resourceArn: shop.arn, tagKeys: ['lastgood:lookout'] });
      stage.traffic.failAll(0.4);
      await stage.minutes(3);
      stage.traffic.failAll(0);
      await stage.minutes(10);
    },
    ends: { ...NOTHING, also: endedBecause(/no tag lastgood:lookout/) },
  },
  {
    name: 'lookout-first-deployment',
    shows: 'the first deployment of a service has nothing to be compared with',
    target: TARGET,
    async play(stage) {
      await openFollowed(stage, { first: FAULTY, proven: false, putAlarms: () => undefined });
      await stage.minutes(6);
    },
    ends: { ...NOTHING, served: false, also: endedBecause(/first that is known/) },
  },
  {
    name: 'lookout-way-back',
    shows: 'an operator puts the proven revision back: a way back is not followed',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage);
      shop.release('v2');
      await stage.minutes(3);
      shop.update({ taskDefinition: shop.releases['v1'] });
      await stage.minutes(4);
    },
    ends: { ...NOTHING, also: all(accusedNothing, endedBecause(/is a way back|is proven/)) },
  },
  {
    name: 'lookout-restart',
    shows: 'the same revision is deployed again: a restart brings nothing to be accused',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage);
      shop.update({ forceNewDeployment: true });
      await stage.minutes(4);
    },
    ends: { ...NOTHING, also: all(accusedNothing, endedBecause(/restart|is proven/)) },
  },
  {
    name: 'lookout-missing-data',
    shows:
      'CloudWatch and the load balancer answer nothing: missing data is said, and is not held against the release',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage, {}, { 'lastgood:probe': '' });
      for (const [service, operation] of [
        ['monitoring', 'GetMetricData'],
        ['elasticloadbalancing', 'DescribeTargetHealth'],
      ] as const)
        stage.runtime.wire.disturb.fail({ service, operation, error: REFUSED }, Infinity);
      shop.release('v2');
      await stage.minutes(9);
    },
    ends: { ...NOTHING, also: all(accusedNothing, weighedAs('end', 'unclear')) },
  },
];

/** Returns null if the last lookout read the service once, or else how often. */
function readOnce(stage: Stage): string | null {
  const last = lookoutsIn(stage).at(-1);
  const sides = last?.states.filter(({ name }) => name === 'Sides').length ?? 0;
  return sides === 1 ? null : `the sides were read ${sides} times`;
}
