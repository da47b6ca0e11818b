import { expect, test, vi } from 'vitest';
import { createInAlarmReader } from '../../../functions/sweep/in-alarm.ts';
import type { Alarm } from '../../../src/targets/alarms/alarm.ts';

const alarm = (name: string, changed: Partial<Alarm> = {}): Alarm => ({
  name,
  arn: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`,
  at: '2026-11-22T03:03:00.000Z',
  timeField: 'detail.state.timestamp',
  previously: null,
  onset: null,
  reason: '',
  dimensions: [],
  tags: null,
  forged: null,
  withheld: null,
  ...changed,
});
const CHECKOUT = [{ ClusterName: 'prod', ServiceName: 'checkout' }];

function redOf(alarms: readonly Alarm[], tag = 'ecs:prod/basket') {
  const inAlarm = vi.fn(() => Promise.resolve(alarms));
  const tagsOf = vi.fn((arn: string) =>
    Promise.resolve(arn.endsWith('tagged') ? { 'lastgood:target': tag } : {}),
  );
  return {
    inAlarm,
    tagsOf,
    red: createInAlarmReader(inAlarm, { tagsOf, balancerTags: () => Promise.resolve([]) }),
  };
}

test('an alarm is red for its targets, by its dimensions or its tag', async () => {
  const { red } = redOf([alarm('by-dimensions', { dimensions: CHECKOUT }), alarm('tagged')]);
  expect(await red('ecs:prod/checkout')).toEqual(['by-dimensions']);
  expect(await red('ecs:prod/basket')).toEqual(['tagged']);
  expect(await red('ecs:prod/other')).toEqual([]);
});

test('an alarm that only scales is red for its tag alone', async () => {
  const scales = { dimensions: CHECKOUT, onlyScales: true } as const;
  const { red } = redOf([alarm('low', scales), alarm('low-tagged', scales)]);
  expect(await red('ecs:prod/checkout')).toEqual([]);
  expect(await red('ecs:prod/basket')).toEqual(['low-tagged']);
});

test('an alarm with suppressed actions is red too', async () => {
  const { red } = redOf([alarm('muted', { dimensions: CHECKOUT, withheld: 'suppressed' })]);
  expect(await red('ecs:prod/checkout')).toEqual(['muted']);
});

test('an alarm whose tag names no target is skipped, and does not stop the others', async () => {
  const { red } = redOf([alarm('tagged'), alarm('other', { dimensions: CHECKOUT })], 'vm:x');
  expect(await red('ecs:prod/checkout')).toEqual(['other']);
});

test('an error is thrown, because the target is not known to be quiet', async () => {
  const { red, tagsOf } = redOf([alarm('tagged')]);
  tagsOf.mockRejectedValue(new Error('throttled'));
  await expect(red('ecs:prod/checkout')).rejects.toThrow('throttled');
});

test('alarms are read only when a target is looked up, and each once', async () => {
  const { red, inAlarm, tagsOf } = redOf([alarm('tagged')]);
  expect(inAlarm).not.toHaveBeenCalled();
  await Promise.all([red('ecs:prod/checkout'), red('ecs:prod/basket')]);
  expect([inAlarm.mock.calls.length, tagsOf.mock.calls.length]).toEqual([1, 1]);
});
