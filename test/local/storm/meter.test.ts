import { expect, test } from 'vitest';
import { Meter } from '../../../local/storm/meter.ts';

const READS = { name: 'ecs service read', burst: 100, perSecond: 20, error: 'ThrottlingException' };
const call = (role: string, operation: string, service = 'ecs') => ({ role, operation, service });

test('counts by bucket and caller, throttled calls too, and the largest minute', () => {
  let now = 0;
  const meter = new Meter(() => now);
  const count = (throttled: boolean) =>
    meter.count({ call: call('sweep', 'DescribeServices'), bucket: READS, throttled });
  for (let i = 0; i < 3; i++) count(i === 2);
  now = 60_000;
  count(false);
  meter.count({ call: call('guard', 'ListServices'), bucket: READS, throttled: false });
  expect(meter.buckets()).toEqual([
    {
      ...{ name: 'ecs service read', calls: 5, throttled: 1, perMinute: 1200, peak: 3 },
      by: { sweep: 4, guard: 1 },
    },
  ]);
  meter.reset();
  expect(meter.buckets()).toEqual([]);
});

test('names what has no quota by its operation', () => {
  const meter = new Meter(() => 0);
  meter.count({
    call: call('guard', 'ListTagsForResource', 'monitoring'),
    bucket: undefined,
    throttled: false,
  });
  expect(meter.buckets()).toMatchObject([
    { name: 'no quota: monitoring ListTagsForResource', perMinute: null },
  ]);
});
