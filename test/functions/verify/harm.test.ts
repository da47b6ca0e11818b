import { describe, expect, it } from 'vitest';
import { withHarm } from '../../../functions/verify/harm.ts';
import type { InReversion } from '../../../src/rollback/document.ts';
import type { Health } from '../../../src/rollback/health.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { after } from '../../../src/rollback/time.ts';
import { AT, ready, request } from '../../src/rollback/documents.ts';

/** The alarm turned at three o'clock, the judge acted two minutes later, and the way back settled at five past three. */
const JUDGED = after(AT, 120);
const SETTLED = after(AT, 300);
const signs = [{ of: 'alarm checkout-5xx', state: 'unhealthy', says: 'is in ALARM' }] as const;

const unproven: Health = { state: 'unproven', at: AT, signs, reason: 'it is red.' };
const pending: Health = {
  state: 'pending',
  at: AT,
  signs,
  verifyBy: after(AT, 1200),
  pollAgainInSeconds: 60,
};

const meter = {
  namespace: 'AWS/ApplicationELB',
  stat: 'Sum',
  dimensions: { TargetGroup: 'g', LoadBalancer: 'l' },
};
const meters = [
  { ...meter, metric: 'requests', name: 'RequestCount' },
  { ...meter, metric: 'errors', name: 'HTTPCode_Target_5XX_Count' },
  { ...meter, metric: 'errors', name: 'HTTPCode_Target_5XX_Count', revision: 'one' },
  { ...meter, metric: 'latency', name: 'TargetResponseTime' },
] as const;

const alarm = {
  ...{ AlarmName: 'checkout-5xx', AlarmArn: 'arn:one', Threshold: 5, EvaluationPeriods: 2, Period: 60 },
  ...{ Namespace: 'Shop', MetricName: 'Failures', Statistic: 'Average' as const },
  ComparisonOperator: 'GreaterThanThreshold' as const,
};

const ofTargets = {
  ...alarm,
  ...{ Namespace: 'AWS/ApplicationELB', MetricName: 'UnHealthyHostCount', Statistic: 'Maximum' },
  Dimensions: [{ Name: 'TargetGroup', Value: 'targetgroup/green/0123456789abcdef' }],
};

function rollback(more: object = {}): InReversion {
  return {
    ...{ request, plan: { ...ready, meters }, verdict: { verdict: 'act', at: JUDGED, reasons: [] } },
    ...{ settled: { state: 'settled', at: SETTLED, summary: 'x' }, ...more },
  } as unknown as InReversion;
}

interface Given {
  readonly health?: Health;
  readonly rollback?: InReversion;
  readonly alarms?: readonly object[];
  readonly now?: Instant;
  /** The values of a minute, by the name of the metric, before and since. */
  readonly values?: Readonly<Record<string, readonly [before: number, since: number]>>;
  readonly error?: Error;
}

interface Input {
  readonly StartTime: Date;
  readonly EndTime: Date;
  readonly MetricDataQueries: readonly {
    readonly Id: string;
    readonly MetricStat: { readonly Metric: { readonly MetricName: string }; readonly Period: number };
  }[];
}

async function compared(given: Given) {
  const { health = unproven, alarms = [alarm], now = after(AT, 900), values = {}, error } = given;
  const inputs: Input[] = [];
  const send = ({ input }: { input: Input }) => {
    inputs.push(input);
    if (error !== undefined) return Promise.reject(error);
    const MetricDataResults = input.MetricDataQueries.map(({ Id, MetricStat: { Metric, Period } }) => {
      const [before, since] = values[Metric.MetricName] ?? [0, 0];
      const Timestamps: Date[] = [];
      for (let at = input.StartTime.getTime(); at < input.EndTime.getTime(); at += Period * 1000)
        Timestamps.push(new Date(at));
      const Values = Timestamps.map((at) => (at.getTime() < Date.parse(JUDGED) ? before : since));
      return { Id, StatusCode: 'Complete', Timestamps, Values };
    });
    return Promise.resolve({ MetricDataResults });
  };
  const reading = {
    cloudwatch: { send } as never,
    alarms: Promise.resolve({ signs: [], alarms }),
    now: () => now,
  };
  const found = await withHarm(health, given.rollback ?? rollback(), reading);
  return { found, harm: found.state === 'unproven' ? found.harm : undefined, inputs };
}

const FAILURES = { Failures: [12, 11] } as const;
const SHARE = { RequestCount: [1000, 1000], HTTPCode_Target_5XX_Count: [120, 110] } as const;

describe('the harm', () => {
  it('is that of the metric with which the alarm accused, from five periods before the verdict on', async () => {
    const { harm, inputs } = await compared({ values: FAILURES });
    expect(harm).toEqual({
      ...{ of: 'the metric of alarm checkout-5xx', unit: 'number', before: 12, now: 11 },
      ...{ since: SETTLED, is: 'alike' },
    });
    expect(
      inputs.map(({ StartTime, EndTime }) => [StartTime, EndTime].map((at) => at.toISOString())),
    ).toEqual([[after(JUDGED, -300), after(AT, 840)]]);
  });

  it('is read in the periods of the alarm', async () => {
    const { harm, inputs } = await compared({ values: FAILURES, alarms: [{ ...alarm, Period: 300 }] });
    expect(inputs[0]?.StartTime.toISOString()).toBe(after(AT, -1500));
    expect(inputs[0]?.MetricDataQueries[0]?.MetricStat.Period).toBe(300);
    expect(harm).toBeUndefined();
  });

  it('is named by the word for its metric', async () => {
    const named = { ...alarm, Namespace: 'AWS/ApplicationELB', MetricName: 'TargetResponseTime' };
    const { harm } = await compared({ values: { TargetResponseTime: [12, 11] }, alarms: [named] });
    expect(harm).toMatchObject({ of: 'time to answer', unit: 'seconds' });
  });

  it.each<[string, Given]>([
    ['no alarm accused', { rollback: rollback({ request: { ...request, trigger: undefined } }) }],
    [
      'another trigger decided',
      { rollback: rollback({ verdict: { at: JUDGED, decidedBy: { target: 'x', reason: 'y' } } }) },
    ],
    ['the alarm was deleted', { alarms: [] }],
    ['the alarm has no threshold', { alarms: [{ ...alarm, Threshold: undefined }] }],
    ['the alarm counts targets, which may be out of traffic', { alarms: [ofTargets] }],
    ['it is composite', { alarms: [{ AlarmName: 'checkout-5xx', AlarmRule: 'x' }] }],
    [
      'the alarm is of another account',
      { rollback: rollback({ request: { ...request, trigger: { ...request.trigger, arn: 'arn:two' } } }) },
    ],
  ])('is the share of failed requests of the whole target where %s', async (_why, given) => {
    const { harm, inputs } = await compared({ values: SHARE, ...given });
    expect(harm).toMatchObject({
      of: 'share of failed requests',
      unit: 'percent',
      before: 12,
      now: 11,
      is: 'alike',
    });
    expect(inputs).toHaveLength(1);
    expect(inputs[0]?.MetricDataQueries).toHaveLength(2);
  });

  it('is measured against the share that the owner tolerates', async () => {
    const plan = { ...ready, meters, tags: { 'lastgood:errors': '12' } };
    const { harm } = await compared({ values: SHARE, alarms: [], rollback: rollback({ plan }) });
    expect(harm).toBeUndefined();
  });

  it.each<[string, Given]>([
    ['no meter is known', { alarms: [], rollback: rollback({ plan: { ...ready, meters: undefined } }) }],
    ['CloudWatch does not answer', { error: new Error('throttled') }],
    ['there were no requests', { alarms: [] }],
  ])('is unknown where %s, and the proof stays as it is', async (_why, given) => {
    expect((await compared(given)).found).toBe(unproven);
  });

  it('before AWS went back natively is that before the trigger', async () => {
    const joined = { ...ready, meters, state: 'join' };
    const { inputs } = await compared({ rollback: rollback({ plan: joined }) });
    expect(inputs[0]?.StartTime.toISOString()).toBe(after(AT, -300));
    const decidedBy = { ...request, trigger: { ...request.trigger, at: after(AT, 60) } };
    const later = rollback({ plan: joined, verdict: { at: JUDGED, decidedBy } });
    expect((await compared({ rollback: later })).inputs[0]?.StartTime.toISOString()).toBe(after(AT, -240));
  });
});

describe('a comparison', () => {
  const worse = { Failures: [12, 100] } as const;
  const at = (seconds: number) => after(SETTLED, seconds);

  it('ends the proof early where users are clearly worse off, and not before that can be seen', async () => {
    const early = await compared({ health: pending, values: worse, now: at(359) });
    expect([early.found, early.inputs]).toEqual([pending, []]);
    const later = await compared({ health: pending, values: worse, now: at(360) });
    expect(later.found).toMatchObject({ state: 'unproven', harm: { is: 'worse', before: 12, now: 100 } });
    expect((await compared({ health: pending, values: FAILURES, now: at(600) })).found).toBe(pending);
  });

  it.each<[string, Given]>([
    ['a healthy poll', { health: { ...pending, healthySince: AT } }],
    ['a proof', { health: { state: 'proven', at: AT, signs, healthySince: AT } }],
    [
      'a rehearsal',
      {
        rollback: rollback({
          request: { ...request, trigger: { type: 'rehearsal', way: 'back' } },
        }),
      },
    ],
    ['a way back that has not settled', { rollback: rollback({ settled: { state: 'pending' } }) }],
  ])('is not made for %s', async (_what, given) => {
    const { found, inputs } = await compared({ values: worse, ...given });
    expect([found, inputs]).toEqual([given.health ?? unproven, []]);
  });
});
