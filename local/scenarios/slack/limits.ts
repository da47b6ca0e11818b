import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { BEN, installSlack, lacks, channelText, untilAsked } from './oncall.ts';

/** The limit that the app's other work leaves: one message, and the next after half a minute. */
const LEFT = { burst: 1, perMinute: 2 };

/** Longest time from the alarm to the first call that goes back, in seconds: as fast as without Slack. */
const AT_ONCE = 10;

/** Text of the first message of a thread alone. */
const ROOT = 'turned to ALARM';
const PROGRESS = 'going back, way 1 of 1';
const END = '*:white_check_mark: Rolled back*';

/** Scenarios in which Slack throttles the messages of a rollback. */
export const slackLimits: readonly Scenario[] = [
  {
    name: 'slack-rate-limited',
    shows:
      'Slack accepts two messages a minute: all arrive, in order and once, and no rollback waits for them',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      stage.slack.server.limits.set('chat.postMessage', LEFT);
      shop.release('v2', { errorRate: 0.4 });
      await stage.aftermath();
      await stage.minutes(2);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      executions: 1,
      also: (stage) => differsFromThread(stage, ROOT, PROGRESS, END) ?? tooSlow(stage),
    },
  },
  {
    name: 'slack-rate-limited-question',
    shows: 'the same with a question: it is in Slack within two minutes, and is answered in time',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        tags: { lastgood: 'approve', 'lastgood:countdown': '10' },
      });
      const people = installSlack(stage);
      stage.slack.server.limits.set('chat.postMessage', LEFT);
      shop.release('v2', { errorRate: 0.4 });
      await stage.until('a rollback asks', () => stage.runtime.executions().length > 0, 30);
      await untilAsked(stage, 2);
      await people.press(BEN, 'Approve', stage.slack.channel.posted);
      await stage.aftermath();
      await stage.minutes(2);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      executions: 1,
      also: (stage) => differsFromThread(stage, ROOT, `<@${BEN}> approved it`, PROGRESS, END),
    },
  },
];

/**
 * Returns null if Slack has each of these once, in this order, and no call came before its Retry-After, or else the
 * difference.
 */
function differsFromThread(stage: Stage, ...wanted: readonly string[]): string | null {
  const { throttled, early } = stage.slack.server.limits;
  const all = channelText(stage);
  const places = wanted.map((words) => all.indexOf(words));
  const roots = stage.slack.channel.posted.filter(({ thread }) => thread === undefined);
  if (stage.world.cloudwatch.alarmState('lastgood-prod-notify-slack') === 'ALARM')
    return 'limits are an alarm';
  if (throttled === 0) return 'Slack throttled no call';
  if (early.length > 0) return `Slack was asked too soon for ${early.join(', ')}`;
  if (roots.length !== 1) return `there are ${roots.length} threads, not 1`;
  if (places.some((place, index) => place < (places[index - 1] ?? 0))) return `the order is another:\n${all}`;
  const twice = wanted.find((words) => all.indexOf(words) !== all.lastIndexOf(words));
  return twice === undefined ? lacks(all, ...wanted) : `${twice} is there twice:\n${all}`;
}

function tooSlow({ journal, runtime }: Stage): string | null {
  const alarmAt = journal.happenings().find(({ what }) => /^alarm .* is ALARM$/.test(what))?.at ?? '';
  const write = runtime.wire.calls.find((call) => journal.isWrite(call));
  const seconds = (Date.parse(write?.at ?? '') - Date.parse(alarmAt)) / 1000;
  return seconds <= AT_ONCE ? null : `the first write came ${seconds} s after the alarm`;
}
