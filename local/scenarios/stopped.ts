import { ALIAS, openAlias, pointsAt as shiftedTo } from './codedeploy/alias.ts';
import { openFleet, TARGET as FLEET } from './asg/fleet.ts';
import { wasAskedBecause } from './ecs/endings.ts';
import { openShop } from './ecs/shop.ts';
import { TARGET as SERVICE } from './ecs/target.ts';
import { openApi, pointsAt, TARGET as FUNCTION } from './lambda/api.ts';
import type { Ending, Scenario } from './scenario.ts';
import { ADA, installSlack, untilAsked } from './slack/oncall.ts';
import type { Stage } from './stage.ts';

/** How long a good release has run when a person stops its target. */
const WELL_MINUTES = 4;

const asked = (because: RegExp, also: (stage: Stage) => string | null = () => null): Ending => ({
  outcome: 'skipped',
  served: false,
  writes: [],
  because: /No answer came in time/,
  movedByPeople: /was scaled to zero/,
  also: (stage) => wasAskedBecause(because)(stage) ?? also(stage),
});

/** Targets that a person stops on purpose. Nothing of them is to run, so going back cannot help. */
export const stopped: readonly Scenario[] = [
  {
    name: 'ecs-scaled-to-zero',
    shows: 'a person scales a service to zero after a good release: a person decides, and the release stays',
    target: SERVICE,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2');
      await stage.minutes(WELL_MINUTES);
      shop.update({ desiredCount: 0 });
      await stage.aftermath();
    },
    ends: asked(/The desired count is 0/),
  },
  {
    name: 'ecs-scaled-to-zero-approved',
    shows:
      'an operator scales a bad release to zero as first aid, and approves: going back is not proven, because no request is served',
    target: SERVICE,
    async play(stage) {
      const shop = await openShop(stage);
      const people = installSlack(stage);
      shop.release('v2', { errorRate: 0.4 });
      await shop.deployed();
      await stage.until(
        'the alarm turned',
        () => stage.world.cloudwatch.alarmState('checkout-errors') === 'ALARM',
      );
      shop.update({ desiredCount: 0 });
      await untilAsked(stage);
      await people.press(ADA, 'Approve', stage.slack.channel.posted);
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['UpdateService'],
      because: /0 healthy of 0 wanted.*no target serves users/,
      movedByPeople: /was scaled to zero/,
    },
  },
  {
    name: 'asg-scaled-to-zero',
    shows: 'a person scales a group to zero after a good refresh: a person decides, and the release stays',
    target: FLEET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release({}, { preferences: { MaxHealthyPercentage: 200 } });
      await fleet.refreshed();
      await stage.minutes(1);
      fleet.call('UpdateAutoScalingGroup', { MinSize: 0, DesiredCapacity: 0 });
      await stage.aftermath();
    },
    ends: asked(/The desired capacity is 0/),
  },
  {
    name: 'lambda-switched-off',
    shows: 'a person sets the reserved concurrency of a good release to 0: a person decides, and it stays',
    target: FUNCTION,
    async play(stage) {
      const api = await openApi(stage, { putAlarms: putThrottlesAlarm });
      api.release();
      await stage.minutes(WELL_MINUTES);
      switchOff(stage);
      await stage.aftermath();
    },
    ends: asked(/The reserved concurrency of checkout is 0/, (stage) => pointsAt(stage, '2')),
  },
  {
    name: 'codedeploy-lambda-switched-off',
    shows: 'the same where CodeDeploy shifts the alias: a person decides, and the release stays',
    target: ALIAS,
    async play(stage) {
      const shop = await openAlias(stage, 'LambdaAllAtOnce');
      putThrottlesAlarm(stage, ALIAS);
      await stage.minutes(WELL_MINUTES);
      shop.release();
      await shop.deployed();
      await stage.minutes(WELL_MINUTES);
      switchOff(stage);
      await stage.aftermath();
    },
    ends: asked(/The reserved concurrency of checkout is 0/, (stage) => shiftedTo(stage, '3')),
  },
];

function switchOff(stage: Stage): void {
  const input = { FunctionName: 'checkout', ReservedConcurrentExecutions: 0 };
  stage.call('lambda', 'PutFunctionConcurrency', input);
}

/** @param target named by a tag where the dimensions do not name it */
function putThrottlesAlarm(stage: Stage, target?: string): void {
  stage.call('cloudwatch', 'PutMetricAlarm', {
    AlarmName: 'checkout-throttles',
    Namespace: 'AWS/Lambda',
    MetricName: 'Throttles',
    Dimensions: [
      { Name: 'FunctionName', Value: 'checkout' },
      { Name: 'Resource', Value: 'checkout:live' },
    ],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 20,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    Tags: target === undefined ? [] : [{ Key: 'lastgood:target', Value: target }],
  });
}
