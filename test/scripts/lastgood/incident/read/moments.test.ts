import type { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { readMoments } from '../../../../../scripts/lastgood/incident/read/moments.ts';
import type { View } from '../../../../../scripts/lastgood/incident/view.ts';
import type { Meter, Plan } from '../../../../../src/rollback/plan.ts';
import type { Instant } from '../../../../../src/rollback/request.ts';
import { ALARM, at, BY_ALARM, judged, NEW, NOW, OLD, PLAN } from '../checkout.ts';

const CPU: Meter = {
  metric: 'cpu',
  namespace: 'AWS/ECS',
  name: 'CPUUtilization',
  stat: 'Average',
  dimensions: { ClusterName: 'prod', ServiceName: 'checkout' },
};

const viewOf = (plan: Partial<Plan> = {}, ...later: readonly Instant[]): View => {
  const look = { ...judged(), plan: { ...PLAN, meters: [CPU], ...plan } as Plan };
  const others = later.map((when) => ({ ...look, verdict: { ...look.verdict, at: when } }));
  return { request: { ...BY_ALARM, trigger: ALARM }, looks: [look, ...others] };
};

/** CloudWatch with one datapoint a minute. The last one is for the minute that began at `last`. */
function cloudwatchUntil(last: Instant): Pick<CloudWatchClient, 'send'> {
  const send = ({ input }: GetMetricDataCommand) => {
    const [from, to] = [input.StartTime, input.EndTime].map((time) => time?.getTime() ?? 0) as [
      number,
      number,
    ];
    const minutes = Array.from({ length: (to - from) / 60_000 }, (_, k) => new Date(from + k * 60_000));
    const Timestamps = minutes.filter((minute) => minute <= new Date(last));
    const Values = Timestamps.map(() => 50);
    return Promise.resolve({ MetricDataResults: [{ Id: 'q0', StatusCode: 'Complete', Timestamps, Values }] });
  };
  return { send };
}

const untouched = { judged: [], touchedAt: null };
const changes = { lately: () => Promise.resolve([]) };
const LATER = at('03:08');

async function instantsRead(view: View, last: Instant, past: Parameters<typeof readMoments>[2] = untouched) {
  const moments = await readMoments({ cloudwatch: cloudwatchUntil(last), changes }, view, past, []);
  return moments.map((moment) => moment.at);
}

describe('the looks of a past execution', () => {
  test('are followed by one three minutes later, once that has passed', async () => {
    expect(await instantsRead(viewOf(), at('03:08'))).toEqual([NOW, LATER]);
    expect(await instantsRead(viewOf(), at('03:07'))).toEqual([NOW]);
  });

  test('are not, if Lastgood had written by then', async () => {
    const touchedAt = (clock: string) => ({ judged: [], touchedAt: at(clock) });
    expect(await instantsRead(viewOf(), at('03:20'), touchedAt('03:08'))).toEqual([NOW]);
    expect(await instantsRead(viewOf(), at('03:20'), touchedAt('03:09'))).toEqual([NOW, LATER]);
  });

  test('are not, if a deployment was in flight and the ledger does not know how it went on', async () => {
    const recent = [{ ...NEW, state: 'in-flight' as const }, OLD];
    expect(await instantsRead(viewOf({ recent }), at('03:20'))).toEqual([NOW]);
  });

  test('are not, if there were more looks', async () => {
    expect(await instantsRead(viewOf({}, at('03:07')), at('03:20'))).toEqual([NOW, at('03:07')]);
  });

  test('have the measurements of the four hours before each', async () => {
    const sources = { cloudwatch: cloudwatchUntil(at('03:20')), changes };
    const [first] = await readMoments(sources, viewOf(), untouched, []);
    expect(first.measured).toMatchObject([
      { metric: 'cpu', relation: 'this', series: { start: '2026-11-21T23:05:00.000Z' } },
    ]);
    expect(first.measured[0]?.series.values).toHaveLength(240);
  });

  test('cannot be read without the metrics', async () => {
    const send = () => Promise.reject(Object.assign(new Error('not authorized'), { name: 'AccessDenied' }));
    const sources = { cloudwatch: { send } as unknown as CloudWatchClient, changes };
    await expect(readMoments(sources, viewOf(), untouched, [])).rejects.toThrow(
      'the metrics could not be read: AccessDenied: not authorized',
    );
  });
});
