import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { openShop, request, type Shop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Kept } from '../../../src/readiness/document.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openHealthyShop, PROTECTED } from './healthy-shop.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

function tag(stage: Stage, { arn }: Shop, key: string, value: string): void {
  stage.call('ecs', 'TagResource', { resourceArn: arn, tags: [{ key, value }] });
}

/** Puts an alarm on a metric of the service, and names it in the service's tag. */
function watch(stage: Stage, shop: Shop, alarm: Partial<PutMetricAlarmInput>): void {
  stage.call('cloudwatch', 'PutMetricAlarm', {
    ...{ AlarmName: 'checkout-own', Namespace: 'Shop', MetricName: 'Orders', Statistic: 'Sum', Period: 60 },
    ...{ EvaluationPeriods: 1, Threshold: 0, ComparisonOperator: 'LessThanThreshold' },
    TreatMissingData: 'notBreaching',
    ...alarm,
  });
  tag(stage, shop, 'lastgood:alarms', 'checkout-own');
}

const WENT_BACK = { outcome: 'rolled-back', writes: ['UpdateService'], executions: 1 } as const;

/** Deploys a third release, lets it be proven, and goes back from it as a person asks. */
async function goBack(stage: Stage, shop: Shop): Promise<void> {
  shop.release('v3');
  await shop.deployed();
  await stage.minutes(9);
  request(stage, { target: TARGET, reason: 'carts are empty' });
  await stage.aftermath();
}

/** Returns null if one finding says this, or else all that is said. */
function says({ findings }: Kept, words: RegExp): string | null {
  return findings.some((one) => words.test(one.says)) ? null : JSON.stringify(findings);
}

const fails = (service: string, operation: string, code: string) => (stage: Stage) =>
  stage.runtime.wire.disturb.fail({ service, operation, error: new AwsError(code, 'no') }, Infinity);

const stories: readonly ReadinessStory<Shop>[] = [
  {
    name: 'not-opted-in',
    shows: 'the owner lets Lastgood only observe: a rollback would change nothing',
    spoil: (stage, shop) => tag(stage, shop, 'lastgood', 'observe'),
    finds: ['not-opted-in'],
    ready: 'no',
  },
  {
    name: 'tag-not-read',
    shows: 'a setting is misspelt, which AWS takes for another key: it has no effect',
    spoil: (stage, shop) => tag(stage, shop, 'lastgood:Window', '30'),
    finds: ['tag-not-read'],
    also: (checked) => says(checked, /does not read the tag lastgood:Window/),
  },
  {
    name: 'not-permitted',
    shows: 'the stack may pass only another role: the simulation shows that the way back would be refused',
    parameters: { PassableRoles: 'arn:aws:iam::111122223333:role/other' },
    finds: ['not-permitted'],
    ready: 'no',
  },
  {
    name: 'not-read',
    shows: 'the scan cannot be read: that is unknown, and not fine',
    spoil: fails('ecr', 'DescribeImageScanFindings', 'AccessDeniedException'),
    finds: ['not-read', 'not-read'],
    ready: 'unknown',
  },
  {
    name: 'not-checked',
    shows: 'no plan can be made: nothing is known',
    spoil: fails('ecs', 'ListServiceDeployments', 'ServerException'),
    finds: ['not-checked'],
    ready: 'unknown',
  },
  {
    name: 'alarm-missing',
    shows: 'the tag names an alarm that does not exist',
    spoil: (stage, shop) => tag(stage, shop, 'lastgood:alarms', 'checkout-own'),
    finds: ['alarm-missing'],
  },
  {
    name: 'alarm-red',
    shows: 'an alarm of the service is red although nothing was released: no rollback could be proven',
    async spoil(stage, shop) {
      watch(stage, shop, { TreatMissingData: 'breaching' });
      await stage.minutes(3);
    },
    finds: ['alarm-red'],
  },
  {
    name: 'alarm-no-data',
    shows: 'an alarm has no data, and does not say what that means',
    async spoil(stage, shop) {
      watch(stage, shop, { TreatMissingData: 'missing' });
      await stage.minutes(3);
    },
    finds: ['alarm-no-data'],
  },
  {
    name: 'alarm-silence-said',
    shows: 'an alarm has no data, and silence means that all is well: nothing is found',
    async spoil(stage, shop) {
      watch(stage, shop, {});
      await stage.minutes(3);
    },
    finds: [],
  },
  {
    name: 'alarm-actions-off',
    shows: 'a person switched the actions of an alarm off',
    spoil: (stage) => stage.call('cloudwatch', 'DisableAlarmActions', { AlarmNames: ['checkout-errors'] }),
    finds: ['alarm-actions-off'],
  },
  {
    name: 'alarm-of-another',
    shows: 'an alarm that the service watches starts rollbacks of another target',
    spoil: (stage, shop) =>
      watch(stage, shop, { Tags: [{ Key: 'lastgood:target', Value: 'ecs:prod/orders' }] }),
    finds: ['alarm-of-another'],
  },
  {
    name: 'no-alarm',
    shows: 'no alarm names the service: only people start a rollback',
    spoil: (stage) => {
      for (const name of PROTECTED.alarms.alarmNames)
        stage.call('cloudwatch', 'UntagResource', {
          ResourceARN: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`,
          TagKeys: ['lastgood:target'],
        });
    },
    finds: ['no-alarm'],
  },
];

/** What a check finds on targets of every kind, shown on a service. */
export const readinessShared: readonly Scenario[] = [
  ...readinessStories(TARGET, (stage) => openHealthyShop(stage), stories),
  ...readinessStories(
    TARGET,
    // CloudFormation tags what it makes.
    (stage) => openHealthyShop(stage, { tags: { 'aws:cloudformation:stack-name': 'shop' } }),
    [
      {
        name: 'stack-would-undo',
        shows: 'a stack owns the service: an update that reverts drift would undo a rollback',
        finds: ['stack-would-undo'],
        ready: 'yes',
        also: (checked) => says(checked, /its next update .* would undo a rollback\.$/),
      },
      {
        name: 'stack-would-undo-now',
        shows:
          'a rollback made the service drift from its template: the next update of the stack would undo it',
        spoil: goBack,
        finds: ['stack-would-undo'],
        ready: 'yes',
        ends: WENT_BACK,
        also: (checked) =>
          says(checked, /which a rollback brought back to checkout:2: .* reverts drift, would undo that\.$/),
      },
    ],
  ),
  ...readinessStories(TARGET, (stage) => openHealthyShop(stage), [
    {
      name: 'no-stack-would-undo',
      shows: 'a rollback brought the service back, and no stack owns it: nothing is found',
      spoil: goBack,
      finds: [],
      ready: 'yes',
      ends: WENT_BACK,
    },
  ]),
  ...readinessStories(
    TARGET,
    async (stage) => {
      const deployment = { minimumHealthyPercent: 100, maximumPercent: 200, ...PROTECTED };
      const shop = await openShop(stage, { deployment, proven: false });
      shop.release('v2');
      await shop.deployed();
      return shop;
    },
    [
      {
        name: 'not-proven',
        shows:
          'the release before was replaced within its soak: it would be gone back to, though never proven',
        finds: ['not-proven'],
        ready: 'yes',
      },
    ],
  ),
];
