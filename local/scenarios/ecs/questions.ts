import { secondsBetween } from '../../../src/rollback/time.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { ADA, installSlack, lacks, channelText, untilAsked } from '../slack/oncall.ts';
import { putAlarmOfAnother, turn, turnToAlarm } from './other-alarms.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';

const FAULTY = { errorRate: 0.4 };

/**
 * The genuine alarm turns some three minutes after the release. The alarm set by hand causes the question before that.
 */
const BY_HAND_AFTER_MINUTES = 0.5;

/** Longest time between the genuine alarm and the way back, in seconds. */
const MAX_SECONDS = 20;

/** Scenarios in which a trigger arrives while a question waits for a person. */
export const waitingQuestions: readonly Scenario[] = [
  {
    name: 'ecs-question-interrupted',
    shows:
      'a question waits because of an alarm set by hand; the genuine alarm turns before an answer: Lastgood judges again at once',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      shop.release('v2', FAULTY);
      await stage.minutes(BY_HAND_AFTER_MINUTES);
      turnToAlarm(stage, 'checkout-latency');
      await untilAsked(stage, 2);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      executions: 2,
      also: (stage) =>
        wentBackAtOnce(stage) ??
        lacks(
          channelText(stage),
          'Something new came since this was asked, so it was judged again.',
          'A later trigger decides: alarm checkout-errors.',
          'Rolled back',
        ),
    },
  },
  {
    name: 'ecs-question-asked-again',
    shows:
      'a second alarm set by hand comes while the question waits: Lastgood judges again, asks anew, and a person approves',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      const people = installSlack(stage);
      shop.release('v2', { errorRate: 0.02 });
      await shop.deployed();
      putAlarmOfAnother(stage, 'checkout-queue', { 'lastgood:target': TARGET });
      turnToAlarm(stage, 'checkout-latency');
      await untilAsked(stage, 2);
      await stage.minutes(1);
      turnToAlarm(stage, 'checkout-queue');
      await stage.until('it was asked again', () => channelText(stage).includes('See the newer question'), 2);
      turn(stage, 'checkout-queue', 'OK');
      await people.press(ADA, 'Approve', stage.slack.channel.posted);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      executions: 2,
      also: (stage) => lacks(channelText(stage), `<@${ADA}> approved it`),
    },
  },
  {
    name: 'ecs-question-silence-heard',
    shows:
      'the new trigger is judged and changes nothing: silence ends the question, and the sweep does not start it again',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:countdown': '5' } });
      shop.release('v2');
      await shop.deployed();
      putAlarmOfAnother(stage, 'checkout-queue', { 'lastgood:target': TARGET });
      turnToAlarm(stage, 'checkout-latency');
      await stage.minutes(1);
      turnToAlarm(stage, 'checkout-queue');
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: true,
      writes: [],
      executions: 2,
      because: /No answer came in time/,
    },
  },
  {
    name: 'ecs-question-denied',
    shows:
      'a person denies the plan, and a slower alarm of the same harm turns: Lastgood asks again and names the person',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:cooldown': '0' } });
      const people = installSlack(stage);
      shop.release('v2', FAULTY);
      await stage.minutes(BY_HAND_AFTER_MINUTES);
      turnToAlarm(stage, 'checkout-latency');
      await untilAsked(stage, 2);
      await people.press(ADA, 'Deny', stage.slack.channel.posted);
      await stage.minutes(1);
      await untilAsked(stage, 5);
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: [],
      executions: 2,
      also: (stage) => lacks(channelText(stage), `<@${ADA}> denied going back from checkout:2 to checkout:1`),
    },
  },
];

/** Returns null if the way back began within seconds of the genuine alarm, or else how long it took. */
function wentBackAtOnce(stage: Stage): string | null {
  const turned = stage.journal.happenings().find(({ what }) => what === 'alarm checkout-errors is ALARM');
  const write = stage.runtime.wire.calls.find((call) => stage.journal.isWrite(call));
  if (turned === undefined || write === undefined) return 'the genuine alarm or the way back is missing';
  const seconds = secondsBetween(turned.at, write.at);
  return seconds >= 0 && seconds <= MAX_SECONDS ? null : `the way back began after ${seconds} seconds`;
}
