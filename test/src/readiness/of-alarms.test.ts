import { describe, expect, it } from 'vitest';
import { ofAlarms, type DescribedAlarm } from '../../../src/readiness/shared/of-alarms.ts';

const TARGET = 'ecs:prod/checkout';
const alarm = (name: string, ...targets: readonly string[]): DescribedAlarm => ({
  ...{ name, targets, state: 'OK', areActionsEnabled: true, missingData: null },
});
const own = alarm('checkout-5xx', TARGET);
const ids = (...given: Parameters<typeof ofAlarms>) => ofAlarms(...given).map(({ id }) => id);

describe('an alarm that watches several targets together', () => {
  const among = 'lambda:checkout/beta and lambda:checkout/live';
  const unclear = { among, dimension: 'Resource = checkout:live' };

  it('is a finding that says how to name one of them', () => {
    const described = [own, { ...alarm('checkout-errors'), unclear }];
    expect(ofAlarms(TARGET, [], { described, areAll: true })).toEqual([
      {
        id: 'alarm-unclear',
        severity: 'slows',
        says: `Alarm checkout-errors watches ${among} together and names none of them, so it starts no rollback.`,
        cure: `Tag it with lastgood:target = ${TARGET}, or give its metrics the dimension Resource = checkout:live.`,
      },
    ]);
  });
});

describe('alarms that are not there', () => {
  it('are missing where all alarms were read', () => {
    expect(ids(TARGET, ['queue'], { described: [], areAll: true })).toEqual(['no-alarm', 'alarm-missing']);
    expect(ids(TARGET, ['queue'], { described: [own], areAll: true })).toEqual(['alarm-missing']);
  });

  it('are unknown where there are more alarms than were read', () => {
    expect(ofAlarms(TARGET, ['queue'], { described: [own], areAll: false })).toMatchObject([
      { id: 'not-read', severity: 'unknown', says: expect.stringContaining('Only 1 alarms') as string },
    ]);
    expect(ids(TARGET, [], { described: [alarm('other')], areAll: false })).toEqual(['not-read']);
  });

  it('are no finding where those of the target were read', () => {
    const described = [own, alarm('queue')];
    for (const areAll of [true, false]) expect(ids(TARGET, ['queue'], { described, areAll })).toEqual([]);
  });
});
