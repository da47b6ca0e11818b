import { wordsOf } from '../../slack/channel.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { installSlack, isOfOwnAlarm, lacks, channelText } from './oncall.ts';

const FAULTY = { errorRate: 0.4 };

/** Texts that a thread has exactly once, even if events repeat. */
const ONCE = [
  '*:white_check_mark: Rolled back `',
  'turned to ALARM',
  'going back, way 1',
  'no rollout was in flight',
  '*Next*',
];

/** Scenarios about the thread of an automatic rollback. */
export const slackThreads: readonly Scenario[] = [
  {
    name: 'slack-thread',
    shows: 'an automatic rollback has one thread: reasons, progress in place, outcome',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) =>
        oneThread(stage) ??
        lacks(channelText(stage), 'Rolled back', 'going back, way 1', 'proven after', '*Next*'),
    },
  },
  {
    name: 'slack-outage',
    shows:
      'Slack is down during the whole rollback, which goes on as usual: an alarm turns, and the thread comes later',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      stage.slack.server.trouble = 'away';
      shop.release('v2', FAULTY);
      await stage.aftermath();
      expectSilent(stage);
      stage.slack.server.trouble = null;
      await stage.minutes(11);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => lacks(channelText(stage), 'Rolled back', 'proven after'),
    },
  },
  {
    name: 'slack-new-token',
    shows: 'the token was revoked before the rollback: an alarm turns, and a new token brings the thread',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      await stage.minutes(2);
      stage.slack.server.token = 'xoxb-new';
      shop.release('v2', FAULTY);
      await stage.aftermath();
      expectSilent(stage);
      stage.slack.putToken();
      await stage.minutes(2);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => oneThread(stage) ?? lacks(channelText(stage), 'Rolled back', 'proven after'),
    },
  },
  {
    name: 'slack-late-events',
    shows: 'each event comes twice, and the first one comes last: one thread, which says each thing once',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      const { bus } = stage.runtime;
      bus.duplicate(({ source }) => source === 'lastgood');
      for (const [index, late] of ['Stopped', 'Planned', 'Started'].entries())
        bus.delay((event) => event['detail-type'] === `Rollback ${late}`, (8 + index) * 60_000);
      shop.release('v2', FAULTY);
      await stage.aftermath();
      await stage.minutes(11);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => {
        const twice = [...ONCE].find((words) => channelText(stage).split(words).length !== 2);
        return oneThread(stage) ?? (twice === undefined ? null : `not once ${twice}:\n${channelText(stage)}`);
      },
    },
  },
];

function oneThread({ slack }: Stage): string | null {
  const roots = slack.channel.posted.filter(
    ({ thread, blocks }) => thread === undefined && !isOfOwnAlarm(wordsOf(blocks)),
  );
  return roots.length === 1 ? null : `there are ${roots.length} threads, not 1`;
}

/**
 * Expects an empty channel and an alarm.
 * @throws Error when Slack shows something, or no alarm turned
 */
function expectSilent(stage: Stage): void {
  if (channelText(stage) !== '') throw new Error('Slack is down and shows something');
  if (stage.world.cloudwatch.alarmState('lastgood-prod-notify-slack') !== 'ALARM')
    throw new Error('no alarm turned about a silent Slack');
}
