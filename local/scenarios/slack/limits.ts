import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { BEN, installSlack, lacks, said, untilAsked } from './oncall.ts';

/** All that the app's other work leaves: one message, and the next after half a minute. */
const LEFT = { burst: 1, perMinute: 2 };

/** From the alarm to the first call that brings something back, in seconds: as fast as in a story without Slack. */
const AT_ONCE = 10;

/** What only that message of a thread says. */
const ROOT = 'turned to ALARM';
const PROGRESS = 'going back, way 1 of 1';
const END = '*:white_check_mark: Rolled back*';

/** Stories in which Slack takes less than there is to tell. */
export const slackLimits: readonly Scenario[] = [
  {
    name: 'slack-rate-limited',
    shows: 'Slack takes two messages a minute: all arrive, in order and once, and nobody waits for them',
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
      also: (stage) => unlikeTold(stage, ROOT, PROGRESS, END) ?? tooSlow(stage),
    },
  },
  {
    name: 'slack-rate-limited-question',
    shows: 'the same with a question: it stands in Slack within two minutes, and is answered in time',
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
      also: (stage) => unlikeTold(stage, ROOT, `<@${BEN}> approved it`, PROGRESS, END),
    },
  },
];

/** Null when each of these was told in this order, once, and Slack was never asked before it was time. */
function unlikeTold(stage: Stage, ...wanted: readonly string[]): string | null {
  const { turnedAway, impatient } = stage.slack.server.limits;
  const all = said(stage);
  const places = wanted.map((words) => all.indexOf(words));
  const roots = stage.slack.channel.posted.filter(({ thread }) => thread === undefined);
  if (stage.world.cloudwatch.alarmState('lastgood-prod-notify-slack') === 'ALARM')
    return 'limits are an alarm';
  if (turnedAway === 0) return 'Slack took everything at once';
  if (impatient.length > 0) return `Slack was asked too soon for ${impatient.join(', ')}`;
  if (roots.length !== 1) return `there are ${roots.length} threads, not 1`;
  if (places.some((place, index) => place < (places[index - 1] ?? 0))) return `the order is another:\n${all}`;
  const twice = wanted.find((words) => all.indexOf(words) !== all.lastIndexOf(words));
  return twice === undefined ? lacks(all, ...wanted) : `${twice} is said twice:\n${all}`;
}

function tooSlow({ journal, runtime }: Stage): string | null {
  const alarmAt = journal.happenings().find(({ what }) => /^alarm .* is ALARM$/.test(what))?.at ?? '';
  const write = runtime.wire.calls.find((call) => journal.isWrite(call));
  const seconds = (Date.parse(write?.at ?? '') - Date.parse(alarmAt)) / 1000;
  return seconds <= AT_ONCE ? null : `the first write came ${seconds} s after the alarm`;
}
