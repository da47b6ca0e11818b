import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { installSlack, lacks, said } from './oncall.ts';

const FAULTY = { errorRate: 0.4 };

/** What a thread says once, whatever happens to its events. */
const ONCE = [
  '*:white_check_mark: Rolled back `',
  'turned to ALARM',
  'going back, way 1',
  'no rollout was in flight',
  '*Next*',
];

/** Stories of a rollback that nobody asked for, and how it is told. */
export const slackThreads: readonly Scenario[] = [
  {
    name: 'slack-thread',
    shows: 'a rollback that nobody asked for is told in one thread: reasons, progress in place, outcome',
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
        oneThread(stage) ?? lacks(said(stage), 'Rolled back', 'going back, way 1', 'proven after', '*Next*'),
    },
  },
  {
    name: 'slack-outage',
    shows:
      'Slack is away during the whole rollback: nothing about it changes, an alarm says so, the thread comes later',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      stage.slack.server.trouble = 'away';
      shop.release('v2', FAULTY);
      await stage.aftermath();
      untold(stage);
      stage.slack.server.trouble = null;
      await stage.minutes(11);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => lacks(said(stage), 'Rolled back', 'proven after'),
    },
  },
  {
    name: 'slack-new-token',
    shows:
      'the token was revoked before the rollback: an alarm says so, and with a new one the thread comes by itself',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      await stage.minutes(2);
      stage.slack.server.token = 'xoxb-new';
      shop.release('v2', FAULTY);
      await stage.aftermath();
      untold(stage);
      stage.slack.putToken();
      await stage.minutes(2);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => oneThread(stage) ?? lacks(said(stage), 'Rolled back', 'proven after'),
    },
  },
  {
    name: 'slack-late-events',
    shows: 'each event comes twice, and how it began comes last: one thread, which says each thing once',
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
        const twice = [...ONCE].find((words) => said(stage).split(words).length !== 2);
        return oneThread(stage) ?? (twice === undefined ? null : `not once ${twice}:\n${said(stage)}`);
      },
    },
  },
];

function oneThread({ slack }: Stage): string | null {
  const roots = slack.channel.posted.filter(({ thread }) => thread === undefined);
  return roots.length === 1 ? null : `there are ${roots.length} threads, not 1`;
}

/** @throws Error when something was told, or nobody is alarmed that nothing was */
function untold(stage: Stage): void {
  if (said(stage) !== '') throw new Error('Slack takes nothing and shows something');
  if (stage.world.cloudwatch.alarmState('lastgood-prod-notify-slack') !== 'ALARM')
    throw new Error('nobody is alarmed of a silent Slack');
}
