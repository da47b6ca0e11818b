import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';

const stamp = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

/** Data as CloudWatch writes them, of the last two minutes. */
function dataOf(now: number, values: readonly number[], threshold: number, statistic?: string) {
  const minute = now - (now % 60_000);
  const times = values.map((_, index) => stamp(minute - (index + 1) * 60_000));
  return {
    version: '1.0',
    queryDate: stamp(now - 3),
    startDate: times.at(-1),
    ...(statistic !== undefined && { statistic }),
    period: 60,
    recentDatapoints: values.toReversed(),
    threshold,
    evaluatedDatapoints: values.map((value, index) => ({ timestamp: times[index], value })),
  };
}

/** Opens the shop, releases a healthy v2, and sets an alarm by hand with data of this form. */
function forging(alarm: string, dataAt: (now: number) => object) {
  return async (stage: Stage): Promise<void> => {
    const shop = await openShop(stage, { tags: { 'lastgood:countdown': '5' } });
    shop.release('v2');
    await shop.deployed();
    await stage.minutes(3);
    const StateReasonData = JSON.stringify(dataAt(stage.world.clock.now()));
    const StateReason = 'Threshold Crossed: 2 out of the last 2 datapoints were greater than the threshold.';
    stage.call('cloudwatch', 'SetAlarmState', {
      ...{ AlarmName: alarm, StateValue: 'ALARM', StateReason, StateReasonData },
    });
    await stage.aftermath();
  };
}

const untouched = { outcome: 'skipped', served: true, writes: [] } as const;

/** Alarms set by hand on a healthy release, with data that CloudWatch might have written. */
export const forgedAlarms: readonly Scenario[] = [
  {
    name: 'ecs-forged-empty-list',
    shows: 'an alarm over an expression is set by hand with an empty list of datapoints: a person is asked',
    target: TARGET,
    play: forging('checkout-errors', () => ({ evaluatedDatapoints: [] })),
    ends: untouched,
  },
  {
    name: 'ecs-forged-datapoints',
    shows:
      'an alarm is set by hand with datapoints of the right form that do not fit its threshold: a person is asked',
    target: TARGET,
    play: forging('checkout-latency', (now) => dataOf(now, [3, 2], 1, 'Average')),
    ends: untouched,
  },
  {
    name: 'ecs-forged-in-full',
    shows:
      "an alarm is set by hand with data that fit its settings: the service's metrics show that all is well",
    target: TARGET,
    play: forging('checkout-latency', (now) => dataOf(now, [3, 2], 0.5, 'Average')),
    ends: untouched,
  },
];
