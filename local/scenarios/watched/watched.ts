import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { putAlarmOfAnother, turn, turnToAlarm } from '../ecs/other-alarms.ts';
import { openShop, request } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import { channelText, installSlack, lacks } from '../slack/oncall.ts';
import type { Stage } from '../stage.ts';
import { notifiedWhenNew, reached, stopSchedule, TOPIC, turnedOnly } from './own-alarms.ts';

const FAULTY = { errorRate: 0.4 };
const parameters = { NotificationTopic: TOPIC };
/** Tags that name no target: of another Region, of no kind, and with another key. */
const WRONG = {
  'checkout-elsewhere': { 'lastgood:target': 'arn:aws:ecs:us-east-2:111122223333:service/prod/checkout' },
  'checkout-words': { 'lastgood:target': 'checkout' },
  'checkout-key': { 'Lastgood:Targets': TARGET },
};

const NOTHING = { outcome: 'none', served: true, writes: [], executions: 0 } as const;

/** Scenarios about Lastgood itself: what its alarms see, and whom they reach. */
export const watched: readonly Scenario[] = [
  {
    name: 'watched-dirty',
    shows: 'a rollback ends dirty: its alarm turns for an hour, at the topic and in Slack',
    target: TARGET,
    parameters,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      shop.release('v2', FAULTY);
      await shop.deployed();
      stage.world.ecs.quota.vcpus = 1;
      await stage.aftermath(60);
      await stage.minutes(5);
    },
    ends: {
      ...{ outcome: 'failed-dirty', served: false, writes: ['UpdateService'] },
      also: (stage) => turnedOnly(stage, 'dirty-outcomes') ?? reached(stage, 'dirty-outcomes'),
    },
  },
  {
    name: 'watched-aborted',
    shows: 'an execution is stopped from outside: its alarm turns, and the end counts as dirty',
    target: TARGET,
    parameters,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      shop.release('v2', FAULTY);
      await stage.until('the way back was started', () => stage.journal.writes().includes('UpdateService'));
      stage.call('states', 'StopExecution', { executionArn: rollbacksIn(stage.runtime)[0]?.arn });
      await stage.minutes(8);
    },
    ends: {
      ...{ outcome: 'failed-dirty', served: true, writes: ['UpdateService'] },
      also: (stage) =>
        turnedOnly(stage, 'dirty-outcomes', 'rollback-aborted') ??
        reached(stage, 'dirty-outcomes', 'rollback-aborted'),
    },
  },
  {
    name: 'watched-function-errors',
    shows: 'the sweep may no longer read alarms: its errors alarm in two minutes, and its silence in five',
    target: TARGET,
    parameters,
    async play(stage) {
      installSlack(stage);
      await stage.minutes(10);
      const error = new AwsError('AccessDenied', 'not authorized to perform: cloudwatch:DescribeAlarms', 403);
      const fault = { service: 'monitoring', operation: 'DescribeAlarms', error };
      stage.runtime.wire.disturb.fail(fault, Infinity);
      await stage.minutes(12);
      stage.runtime.wire.disturb.heal('monitoring', 'DescribeAlarms');
      await stage.minutes(10);
    },
    ends: {
      ...NOTHING,
      also: (stage) =>
        turnedOnly(stage, 'sweep-errors', 'sweep-silent') ??
        reached(stage, 'sweep-errors', 'sweep-silent') ??
        isOver(stage, 'sweep-silent'),
    },
  },
  {
    name: 'watched-refusals',
    shows:
      'two more alarms turn a minute apart while a rollback runs, and a wrong request comes twice: what is refused turns no alarm',
    target: TARGET,
    parameters,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      const others = ['checkout-queue', 'checkout-carts'];
      for (const name of others) {
        putAlarmOfAnother(stage, name, { 'lastgood:target': TARGET });
        turn(stage, name, 'OK');
      }
      shop.release('v2', FAULTY);
      await stage.until('it was written', () => stage.journal.writes().length > 0, 20);
      for (const name of others) {
        turnToAlarm(stage, name);
        await stage.minutes(1);
      }
      for (const name of others) turn(stage, name, 'OK');
      await stage.aftermath();
      for (let times = 0; times < 2; times++) {
        request(stage, { target: TARGET, reason: 'users call', revision: 'no such revision' });
        await stage.minutes(1);
      }
      await stage.minutes(8);
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['UpdateService'], executions: 5 },
      also: (stage) => turnedOnly(stage),
    },
  },
  {
    name: 'watched-wrong-tags',
    shows:
      'alarms turn whose tags name no target here: Slack says so at once, the dead letters keep their events, and the sweep goes on',
    target: TARGET,
    parameters,
    async play(stage) {
      await openShop(stage);
      installSlack(stage);
      for (const [name, tags] of Object.entries(WRONG)) {
        putAlarmOfAnother(stage, name, tags);
        turn(stage, name, 'OK');
      }
      await stage.minutes(2);
      for (const name of Object.keys(WRONG)) turnToAlarm(stage, name);
      await stage.minutes(12);
    },
    ends: {
      ...NOTHING,
      also: (stage) =>
        turnedOnly(stage, 'dead-letters', 'on-alarm-errors') ??
        lacks(channelText(stage), ...Object.keys(WRONG), 'must be spelled lastgood:target') ??
        saysOnce(stage, ...Object.keys(WRONG)),
    },
  },
  {
    name: 'watched-mechanism-errors',
    shows: 'AWS fails for minutes, which is no refusal: the alarm of the steps turns, and that of the sweep',
    target: TARGET,
    parameters,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      shop.release('v2', FAULTY);
      const error = new AwsError('ServerException', 'internal error', 500);
      stage.runtime.wire.disturb.fail({ service: 'ecs', operation: 'DescribeServices', error }, Infinity);
      await stage.minutes(8);
      stage.runtime.wire.disturb.heal('ecs', 'DescribeServices');
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
      also: (stage) =>
        turnedOnly(stage, 'steps-errors', 'sweep-errors', 'sweep-silent') ?? reached(stage, 'steps-errors'),
    },
  },
  {
    name: 'watched-throttled',
    shows: 'the account has no concurrency left for four minutes: every function that was called says so',
    target: TARGET,
    parameters,
    async play(stage) {
      installSlack(stage);
      await stage.minutes(10);
      stage.runtime.lambda.refuse(240);
      await stage.minutes(12);
    },
    ends: {
      ...NOTHING,
      also: (stage) =>
        turnedOnly(stage, 'post-slack-throttles', 'sweep-throttles') ?? reached(stage, 'sweep-throttles'),
    },
  },
  {
    name: 'watched-silent-sweep',
    shows: 'the schedule of the sweep is gone: nothing fails, and the silence turns its alarm',
    target: TARGET,
    parameters,
    async play(stage) {
      installSlack(stage);
      await stage.minutes(10);
      stopSchedule(stage, 'sweep');
      await stage.minutes(10);
    },
    ends: {
      ...NOTHING,
      also: (stage) => turnedOnly(stage, 'sweep-silent') ?? reached(stage, 'sweep-silent'),
    },
  },
  {
    name: 'watched-silent-slack',
    shows: 'Slack is away while a rollback runs: the topic is notified, and Slack shows it when it is back',
    target: TARGET,
    parameters,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      shop.release('v2', FAULTY);
      stage.slack.server.trouble = 'away';
      await stage.aftermath();
      stage.slack.server.trouble = null;
      await stage.minutes(10);
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
      also: (stage) => turnedOnly(stage, 'notify-slack') ?? reached(stage, 'notify-slack'),
    },
  },
  {
    name: 'watched-slack-stopped',
    shows: 'nothing posts to Slack any more, and nothing fails: the silence turns the same alarm',
    target: TARGET,
    parameters,
    async play(stage) {
      installSlack(stage);
      await stage.minutes(10);
      stopSchedule(stage, 'post-slack');
      await stage.minutes(8);
    },
    ends: { ...NOTHING, also: (stage) => turnedOnly(stage, 'notify-slack') },
  },
  {
    name: 'watched-quiet',
    shows:
      'a shop with a good release and a rollback that works: none of the alarms on Lastgood itself turns',
    target: TARGET,
    parameters,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      shop.release('v2', { errorRate: 0.002 });
      await stage.minutes(30);
      shop.release('v3', FAULTY);
      await stage.aftermath();
      await stage.minutes(90);
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
      also: (stage) => turnedOnly(stage) ?? notQuiet(stage),
    },
  },
];

function notQuiet(stage: Stage): string | null {
  const loud = notifiedWhenNew(stage);
  return loud.length === 0 ? null : `the topic was notified of new alarms: ${loud.join(', ')}`;
}

function isOver(stage: Stage, alarm: string): string | null {
  const text = stage.slack.channel.posted.map(({ blocks }) => JSON.stringify(blocks)).join('\n');
  return new RegExp(`${alarm}\\W+was red from`).test(text) ? null : `Slack does not show the end of ${alarm}`;
}

/** Returns null if Slack has one message about each alarm. */
function saysOnce(stage: Stage, ...alarms: readonly string[]): string | null {
  const text = channelText(stage);
  const twice = alarms.find((one) => text.split(`The alarm \`${one}\` turned to ALARM`).length !== 2);
  return twice === undefined ? null : `Slack does not say once that ${twice} names no target:\n${text}`;
}
