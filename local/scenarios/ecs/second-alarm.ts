import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { wasProvenBy } from './endings.ts';
import { putAlarmOfAnother, turn, turnToAlarm } from './other-alarms.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';

const QUEUE = 'checkout-queue';

/** Opens the shop. A second alarm of it turns while the first one's rollback is on its way back. */
async function turnSecondAlarm(stage: Stage): Promise<void> {
  const shop = await openShop(stage);
  putAlarmOfAnother(stage, QUEUE, { 'lastgood:target': TARGET });
  turn(stage, QUEUE, 'OK');
  shop.release('v2', { errorRate: 0.4 });
  await stage.until('the way back was started', () => stage.journal.writes().includes('UpdateService'));
  turnToAlarm(stage, QUEUE);
}

/** Scenarios in which a second alarm of the target turns during a rollback and loses the claim. */
export const secondAlarms: readonly Scenario[] = [
  {
    name: 'ecs-second-alarm-stays',
    shows:
      'an alarm that neither the tags nor the service name turns during the rollback and stays red: that is not healthy',
    target: TARGET,
    async play(stage) {
      await turnSecondAlarm(stage);
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: ['UpdateService'],
      executions: 2,
      because: /alarm checkout-queue was unhealthy \(is in ALARM\)/,
    },
  },
  {
    name: 'ecs-second-alarm-heals',
    shows: 'such an alarm turns during the rollback, and back: the rollback is proven after that',
    target: TARGET,
    async play(stage) {
      await turnSecondAlarm(stage);
      await stage.minutes(3);
      turn(stage, QUEUE, 'OK');
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      executions: 2,
      also: (stage) => wasProvenBy(stage, `alarm ${QUEUE}`),
    },
  },
];
