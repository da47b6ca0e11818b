import type { GetMetricDataInput } from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { createReadMinutes } from '../../../functions/lookout/minutes.ts';
import type { Meter } from '../../../src/rollback/plan.ts';
import { at, NEWER, OLDER, sides } from '../../src/lookout/followed.ts';

const meter = (metric: Meter['metric'], revision?: string): Meter => ({
  ...{ metric, namespace: 'shop', stat: 'Sum', dimensions: { Revision: revision ?? 'all' } },
  ...{ name: metric === 'requests' ? 'RequestCountPerTarget' : 'HTTPCode_Target_5XX_Count' },
  ...(revision !== undefined && { revision }),
});

/** A CloudWatch in which each metric has one value, at the minute of the deployment. */
function setUp() {
  const asked: GetMetricDataInput[] = [];
  const send = ({ input }: { readonly input: GetMetricDataInput }) => {
    asked.push(input);
    const MetricDataResults = (input.MetricDataQueries ?? []).map(({ Id }, index) => ({
      ...{ Id, Timestamps: [new Date(at(0))], Values: [100 + index], StatusCode: 'Complete' },
    }));
    return Promise.resolve({ MetricDataResults });
  };
  return { asked, read: createReadMinutes({ send } as never) };
}

it('reads both sides and the whole in one call, with ten minutes before and without the present minute', async () => {
  const { asked, read } = setUp();
  const meters = [meter('requests', NEWER.id), meter('requests', OLDER.id), meter('requests')];
  const answer = await read(sides({ meters }), at(130));
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ StartTime: new Date(at(-600)), EndTime: new Date(at(120)) });
  expect(answer.map(({ of }) => of)).toEqual(['newer', 'older', 'whole']);
  expect(answer.map(({ requests }) => requests?.values.at(10))).toEqual([100, 101, 102]);
  for (const { requests } of answer) expect(requests?.values).toHaveLength(12);
});

it('knows nothing of a side without a meter', async () => {
  const { read } = setUp();
  const [newer, older, whole] = await read(sides({ meters: [meter('requests')] }), at(130));
  expect([newer?.requests, older?.requests]).toEqual([null, null]);
  expect(whole?.requests?.values.at(10)).toBe(100);
  expect(whole?.latency).toBeNull();
});

it('asks nothing without meters', async () => {
  const { asked, read } = setUp();
  expect(await read(sides(), at(130))).toEqual([]);
  expect(asked).toEqual([]);
});
