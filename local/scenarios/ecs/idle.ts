import type { Scenario } from '../scenario.ts';
import { putFiveMinuteAlarm } from './alarms.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';

/** Longer than the window of an hour in which a deployment is suspected. */
const IDLE_MINUTES = 80;

/** Releases to a service that runs no task, as at night. */
export const idle: readonly Scenario[] = [
  {
    name: 'ecs-released-while-idle',
    shows:
      'a release reaches a service with no tasks, and hurts when the service is scaled up later: its window begins with its first requests',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { putAlarms: putFiveMinuteAlarm });
      shop.update({ desiredCount: 0 });
      stage.journal.note('the service is scaled to zero for the night');
      await stage.minutes(20);
      shop.release('v2', { errorRate: 0.4 });
      await shop.deployed();
      await stage.minutes(IDLE_MINUTES);
      shop.update({ desiredCount: 4 });
      stage.journal.note('the service is scaled up in the morning');
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      movedByPeople: /was scaled to zero/,
    },
  },
];
