import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { wordsOf } from '../../slack/channel.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openStreet, serviceAt } from '../storm/street.ts';
import { BEN, installSlack, lacks, channelText, untilAsked } from './oncall.ts';
import { rollbacksIn } from '../rollbacks.ts';

/** The limit that the app's other work leaves: one message, and the next after half a minute. */
const LEFT = { burst: 1, perMinute: 2 };

/** The same, and a message every fifteen seconds. */
const CROWDED = { burst: 1, perMinute: 4 };

/** Longest time from the alarm to the first call that goes back, in seconds: as fast as without Slack. */
const AT_ONCE = 10;

/** Rollbacks at once. */
const CROWD = 10;

/** The question comes after its thread's first message and the one of the first rollback. */
const QUESTION_PLACE = 2;

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
      await stage.until('a rollback asks', () => rollbacksIn(stage.runtime).length > 0, 30);
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
  {
    name: 'slack-crowded',
    shows:
      'ten rollbacks at once, which are no storm here, have more to say than Slack accepts: the last one asks and comes first, and every end arrives',
    target: serviceAt(CROWD),
    parameters: { StormTargets: '100' },
    async play(stage) {
      const all = Array.from({ length: CROWD }, (_, index) => index + 1);
      const tags = { [CROWD]: { lastgood: 'approve', 'lastgood:countdown': '5' } };
      const street = await openStreet(stage, { services: CROWD, tags });
      const people = installSlack(stage);
      stage.slack.server.limits.set('chat.postMessage', CROWDED);
      await street.release(...all);
      street.hurt();
      await stage.until('a rollback asks', () => asked(stage) !== undefined, 30);
      await untilAsked(stage, 2);
      await people.press(BEN, 'Approve', stage.slack.channel.posted);
      await stage.aftermath();
      await stage.minutes(5);
    },
    follows: 'last',
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: Array<string>(CROWD).fill('UpdateService'),
      executions: CROWD,
      also: (stage) => crowded(stage),
    },
  },
];

/** Returns when a rollback asked. */
function asked({ runtime }: Stage): string | undefined {
  return rollbacksIn(runtime).flatMap(({ states }) => states.filter(({ name }) => name === 'Approve'))[0]?.at;
}

/** Returns null if each rollback has one thread, whose end is there once, and Slack throttled but was never asked too soon. */
function crowded({ slack, world }: Stage): string | null {
  const { posted } = slack.channel;
  const { throttled, early } = slack.server.limits;
  const roots = posted.filter(({ thread }) => thread === undefined);
  const ends = posted.filter(({ thread, blocks }) => thread !== undefined && wordsOf(blocks).includes(END));
  if (throttled === 0 || early.length > 0)
    return `throttled ${throttled} times, too soon for ${early.join(', ')}`;
  if (world.cloudwatch.alarmState('lastgood-prod-notify-slack') === 'ALARM') return 'limits are an alarm';
  if (!roots.every(({ text }) => text.startsWith(':white_check_mark: Rolled back')))
    return 'a thread is behind';
  const threads = new Set(ends.map(({ thread }) => thread));
  if (roots.length !== CROWD || ends.length !== CROWD || threads.size !== CROWD)
    return `there are ${roots.length} threads and ${ends.length} ends in ${threads.size} of them`;
  const place = posted.findIndex(({ blocks }) => wordsOf(blocks).startsWith('Go back from'));
  return place === QUESTION_PLACE ? null : `the question is message ${place}, counted from 0`;
}

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
