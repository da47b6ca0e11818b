import { expect, test } from 'vitest';
import { createAlarmStates } from '../../../functions/sweep/stayed-ok.ts';

test('a hundred alarms take one call, and none is left out', async () => {
  const asked: number[] = [];
  const send = ({
    input: { AlarmNames },
  }: {
    readonly input: { readonly AlarmNames: readonly string[] };
  }) => {
    asked.push(AlarmNames.length);
    const StateUpdatedTimestamp = new Date('2026-11-22T03:00:00.000Z');
    const MetricAlarms = AlarmNames.map((AlarmName) => ({
      AlarmName,
      StateValue: 'OK',
      StateUpdatedTimestamp,
    }));
    return Promise.resolve({ MetricAlarms });
  };
  const names = Array.from({ length: 100 }, (_, i) => `alarm-${i}`);
  const states = await createAlarmStates({ send } as never).named(names);
  expect([states.map(({ name }) => name), asked]).toEqual([names, [100]]);
});

test.each(['MetricAlarms', 'CompositeAlarms', 'LogAlarms'])('%s are read', async (list) => {
  const alarm = { AlarmName: 'a', StateValue: 'ALARM', StateUpdatedTimestamp: new Date(0) };
  const send = () => Promise.resolve({ [list]: [alarm] });
  expect(await createAlarmStates({ send } as never).named(['a'])).toMatchObject([
    { name: 'a', state: 'ALARM' },
  ]);
});

test('an alarm without the start of its state is an error, not a deleted alarm', async () => {
  const send = () => Promise.resolve({ MetricAlarms: [{ AlarmName: 'a', StateValue: 'OK' }] });
  await expect(createAlarmStates({ send } as never).named(['a'])).rejects.toThrow('alarm a');
});

test('the range of a metric alarm is its periods with their lag', async () => {
  const state = { AlarmName: 'a', StateValue: 'OK', StateUpdatedTimestamp: new Date(0) };
  const alarm = { ...state, MetricName: 'Errors', Period: 3600, EvaluationPeriods: 1 };
  const send = () =>
    Promise.resolve({ MetricAlarms: [alarm], CompositeAlarms: [{ ...state, AlarmName: 'b' }] });
  const [metric, composite] = await createAlarmStates({ send } as never).named(['a', 'b']);
  expect([metric?.rangeSeconds, composite?.rangeSeconds]).toEqual([3720, undefined]);
});
