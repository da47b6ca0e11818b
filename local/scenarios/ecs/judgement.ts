import type { Scenario } from '../scenario.ts';
import { ADA, installSlack, untilAsked } from '../slack/oncall.ts';
import { wentTo } from './endings.ts';
import { alarmNow, putAlarmOfAnother, turn, turnJustBefore, turnToAlarm } from './other-alarms.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';

const FAULTY = { errorRate: 0.4 };

/** Scenarios about whether to act at all. */
export const judgement: readonly Scenario[] = [
  {
    name: 'ecs-no-deployment-near',
    shows: 'the service hurts and nothing was deployed lately: it was not the deployment, nothing is changed',
    target: TARGET,
    async play(stage) {
      await openShop(stage);
      await stage.minutes(70);
      stage.traffic.failAll(FAULTY.errorRate);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [], because: /deployment/i },
  },
  {
    name: 'ecs-mild-errors-before',
    shows:
      'a hundredth of the requests fails for a quarter of an hour, and then a bad release: it is rolled back, and the mild errors are not its beginning',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      await stage.minutes(70);
      stage.traffic.failAll(0.01);
      await stage.minutes(15);
      shop.release('v2', FAULTY);
      await shop.deployed();
      stage.traffic.failAll(0);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'], because: /checkout:2/ },
  },
  {
    name: 'ecs-red-before',
    shows: 'the alarm was red before the deployment began: it was not the deployment, nothing is changed',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      await stage.minutes(70);
      stage.traffic.failAll(FAULTY.errorRate);
      await stage.minutes(4);
      stage.traffic.failAll(0);
      await stage.minutes(1.5);
      shop.release('v2');
      stage.traffic.failAll(FAULTY.errorRate);
      await stage.minutes(15);
      await stage.aftermath();
    },
    follows: 'last',
    ends: { outcome: 'skipped', served: false, writes: [], because: /red already|The harm began/ },
  },
  {
    name: 'ecs-red-before-and-again',
    shows:
      'the alarm was red when the deployment began, was OK for some minutes, and turns again: a person decides',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      await stage.minutes(70);
      stage.traffic.failAll(FAULTY.errorRate);
      await stage.minutes(4);
      shop.release('v2');
      await stage.minutes(1);
      stage.traffic.failAll(0);
      await stage.minutes(15);
      stage.traffic.failAll(FAULTY.errorRate);
      await stage.minutes(15);
      await stage.aftermath();
    },
    follows: 'last',
    ends: { outcome: 'skipped', served: false, writes: [], because: /No answer came in time/ },
  },
  {
    name: 'ecs-weaker-alarm-first',
    shows:
      'an alarm that was red before the release holds the claim while the one that accuses it turns: that one is judged too, and a person decides, because the release may be the fix',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:countdown': '10' } });
      const people = installSlack(stage);
      putAlarmOfAnother(stage, 'checkout-queue', { 'lastgood:target': TARGET });
      turnToAlarm(stage, 'checkout-queue');
      await stage.minutes(2);
      shop.release('v2', FAULTY);
      await stage.minutes(0.5);
      await turnJustBefore(stage, 'checkout-queue', 'checkout-errors');
      await untilAsked(stage);
      await people.press(ADA, 'Approve', stage.slack.channel.posted);
      await stage.until('the way back was started', () => stage.journal.writes().includes('UpdateService'));
      await stage.aftermath();
    },
    follows: 'last',
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-accused-under-way',
    shows:
      'an alarm accuses a release before it completes, and is red through most of its soak: the release is no candidate later',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:countdown': '1' } });
      putAlarmOfAnother(stage, 'checkout-queue', { 'lastgood:target': TARGET });
      turn(stage, 'checkout-queue', 'OK');
      shop.release('v2');
      turnToAlarm(stage, 'checkout-queue');
      await shop.deployed();
      await stage.minutes(4.5);
      turn(stage, 'checkout-queue', 'OK');
      await stage.minutes(6);
      shop.release('v3', FAULTY);
      await stage.until('the way back was started', () => stage.journal.writes().includes('UpdateService'));
      await stage.aftermath();
    },
    follows: 'last',
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => wentTo(stage, 'checkout:1'),
    },
  },
  {
    name: 'ecs-muted-alarm',
    shows: 'an operator muted the alarm for maintenance: its event and the sweep start nothing',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { proven: false });
      stage.call('cloudwatch', 'PutAlarmMuteRule', {
        Name: 'maintenance',
        Rule: { Schedule: { Expression: 'at(2026-11-22T02:00)', Duration: 'PT1H' } },
        MuteTargets: { AlarmNames: ['checkout-errors'] },
      });
      shop.release('v2', FAULTY);
      await stage.until('the alarm is red', () => alarmNow(stage, 'checkout-errors').state === 'ALARM');
      await stage.minutes(6);
    },
    ends: { outcome: 'none', served: false, writes: [], executions: 0 },
  },
  {
    name: 'ecs-many-alarms',
    shows: 'many unrelated targets alarm at the same time: a common cause is likelier, a person is asked',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:countdown': '5' } });
      for (let other = 1; other <= 8; other++) putAlarmOfAnother(stage, `another-${other}`);
      shop.release('v2', FAULTY);
      await stage.minutes(2.5);
      for (let other = 1; other <= 8; other++) turnToAlarm(stage, `another-${other}`);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [], because: /No answer came/ },
  },
  {
    name: 'ecs-observe',
    shows: 'the target is tagged to be observed: Lastgood says what it would have done',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { lastgood: 'observe' } });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [] },
  },
  {
    name: 'ecs-not-opted-in',
    shows: 'no tag, no write',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      stage.call('ecs', 'UntagResource', { resourceArn: shop.arn, tagKeys: ['lastgood'] });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [] },
  },
  {
    name: 'ecs-approval-unanswered',
    shows: 'the tag asks for a person and no answer comes: by default nothing is done',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { lastgood: 'approve', 'lastgood:countdown': '5' } });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [] },
  },
  {
    name: 'ecs-approval-silence-goes',
    shows: 'no answer comes, and the tag says that silence means go',
    target: TARGET,
    async play(stage) {
      const tags = { lastgood: 'approve', 'lastgood:countdown': '5', 'lastgood:silence': 'go' };
      const shop = await openShop(stage, { tags });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-irreversible',
    shows: 'the release carries a barrier (a schema migration): a person is asked',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:countdown': '5' } });
      shop.release('v2', FAULTY, { tags: { 'lastgood:irreversible': 'schema 42' } });
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [] },
  },
  {
    name: 'ecs-forged-alarm',
    shows:
      'an alarm that was set by hand is recognised: a person is asked, and nothing is done without an answer',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:countdown': '5' } });
      shop.release('v2');
      await shop.deployed();
      turnToAlarm(stage, 'checkout-latency');
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: true, writes: [] },
  },
  {
    name: 'ecs-invalid-tag',
    shows: 'a tag out of its range: the error names it, nothing is changed',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:window': '9999' } });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /lastgood:window/ },
  },
];
