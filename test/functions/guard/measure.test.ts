import type { GetMetricDataInput, GetMetricDataOutput } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../../functions/guard/cloudwatch.ts';
import { measure, metersOf } from '../../../functions/guard/measure.ts';
import { Clock } from '@lastgood/embedded-aws/world/clock.ts';
import { createCloudWatch } from '@lastgood/embedded-aws/world/cloudwatch/cloudwatch.ts';
import { Random } from '@lastgood/embedded-aws/world/random.ts';
import type { Judgeable } from '../../../src/rollback/document.ts';
import type { Measured } from '../../../src/rollback/facts.ts';
import type { Meter } from '../../../src/rollback/plan.ts';
import type { AlarmTrigger } from '../../../src/rollback/request.ts';
import { ALARM, BY_ALARM, NOW, planOf } from '../../src/rollback/judge-facts.ts';
import { awsError } from './cloudwatch.ts';

const MINUTE = 60_000;
const [BLUE, GREEN] = ['targetgroup/blue/0123456789abcdef', 'targetgroup/green/fedcba9876543210'];

const ofGroup = (metric: Meter['metric'], TargetGroup: string, revision?: string): Meter => {
  const [name, stat] = {
    requests: ['RequestCount', 'Sum'],
    errors: ['HTTPCode_Target_5XX_Count', 'Sum'],
    latency: ['TargetResponseTime', 'p95'],
    healthyHosts: ['HealthyHostCount', 'Minimum'],
    cpu: ['', ''],
    memory: ['', ''],
  }[metric] as [string, string];
  return {
    metric,
    namespace: 'AWS/ApplicationELB',
    name,
    stat,
    dimensions: { TargetGroup },
    ...(revision !== undefined && { revision }),
  };
};
const named = (metric: Meter['metric'], namespace: string, name: string, stat: string): Meter => ({
  metric,
  namespace,
  name,
  stat,
  dimensions: { FunctionName: 'checkout' },
});

/** The embedded CloudWatch; `record` puts a value so many minutes before NOW. */
function openCloudWatch() {
  const random = (name: string) => new Random(1, name);
  const cloudwatch = createCloudWatch({ clock: new Clock(NOW), random, emit: () => undefined });
  const asked: GetMetricDataInput[] = [];
  const send = ({ input }: { input: GetMetricDataInput }) => {
    asked.push(input);
    return Promise.resolve(cloudwatch.operations.GetMetricData.run(input));
  };
  return {
    asked,
    client: { send } as unknown as Client,
    record: (
      minutesAgo: number,
      namespace: string,
      name: string,
      dimensions: Record<string, string>,
      value: number,
    ) => cloudwatch.record({ namespace, name, dimensions, value, at: Date.parse(NOW) - minutesAgo * MINUTE }),
  };
}

function rollback(meters: readonly Meter[] | undefined, trigger: Partial<AlarmTrigger> = {}): Judgeable {
  return {
    request: { ...BY_ALARM, trigger: { ...ALARM, ...trigger } },
    execution: 'one',
    claim: { kind: 'ecs', holder: 'one', since: NOW, expiresAt: NOW },
    plan: planOf(undefined, meters && { meters }),
  };
}

async function known(client: Client, of: Judgeable): Promise<readonly Measured[]> {
  const measured = await measure(client, metersOf(of), NOW);
  if (measured?.known !== true) throw new Error(JSON.stringify(measured));
  return measured.is;
}

/** The newest values of the one series that fits. */
function newest(all: readonly Measured[], what: Partial<Measured>, count = 3) {
  const fits = all.filter((one) =>
    (['metric', 'revision', 'zone', 'yesterday'] as const).every((key) => one[key] === what[key]),
  );
  expect(fits).toHaveLength(1);
  return fits[0]?.series.values.slice(-count);
}

describe('the numbers of target groups', () => {
  const load = (group: string, more: Record<string, string> = {}) => ({
    LoadBalancer: 'app/shop/50dc6c495c0c9188',
    TargetGroup: group,
    ...more,
  });

  test('are found without their load balancer, minute by minute, and none is null', async () => {
    const { client, record } = openCloudWatch();
    record(3, 'AWS/ApplicationELB', 'RequestCount', load(BLUE), 90);
    record(1, 'AWS/ApplicationELB', 'RequestCount', load(BLUE), 100);
    record(1, 'AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', load(BLUE), 40);
    record(1, 'AWS/ApplicationELB', 'RequestCount', load('targetgroup/other/1'), 7);
    record(0, 'AWS/ApplicationELB', 'RequestCount', load(BLUE), 5);
    const all = await known(client, rollback([ofGroup('requests', BLUE), ofGroup('errors', BLUE)]));
    expect(newest(all, { metric: 'requests' })).toEqual([90, null, 100]);
    expect(newest(all, { metric: 'errors' })).toEqual([null, null, 40]);
    for (const { series, relation } of all) {
      expect(relation).toBe('this');
      expect(series).toMatchObject({ start: '2026-11-21T23:05:00.000Z', periodSeconds: 60 });
      expect(series.values).toHaveLength(240);
    }
  });

  test('beside requests, no datapoint of errors means zero; without requests it means nothing', async () => {
    const { client, record } = openCloudWatch();
    record(1, 'AWS/ApplicationELB', 'RequestCount', load(BLUE), 100);
    const meters = [BLUE, GREEN].flatMap((group, index) =>
      (['requests', 'errors', 'latency'] as const).map((metric) =>
        ofGroup(metric, group, `revision-${index}`),
      ),
    );
    const all = await known(client, rollback(meters));
    expect(all.map(({ metric, revision }) => [metric, revision])).toEqual([
      ['requests', 'revision-0'],
      ['errors', 'revision-0'],
    ]);
    expect(all[1]?.series.values).toEqual(Array(240).fill(null));
  });

  test('are not zero for the whole target where they were queried by revision alone', async () => {
    const { client, record } = openCloudWatch();
    record(1, 'AWS/ApplicationELB', 'RequestCount', load(BLUE), 100);
    const all = await known(
      client,
      rollback([ofGroup('requests', BLUE), ofGroup('errors', BLUE, 'revision-1')]),
    );
    expect(all.map(({ metric, revision }) => [metric, revision])).toEqual([['requests', undefined]]);
  });

  test('are read by name where the load balancer is known', async () => {
    const { client, record, asked } = openCloudWatch();
    record(1, 'AWS/ApplicationELB', 'RequestCount', load(BLUE), 100);
    const whole: Meter = { ...ofGroup('requests', BLUE), dimensions: load(BLUE) };
    expect(newest(await known(client, rollback([whole])), { metric: 'requests' }, 1)).toEqual([100]);
    expect(asked[0]?.MetricDataQueries?.map(({ Expression }) => Expression)).toEqual([undefined]);
  });

  test('stand side by side where each is a revision, and count together where they are the target', async () => {
    const { client, record } = openCloudWatch();
    for (const [group, requests, seconds, hosts] of [
      [BLUE, 100, 0.1, 4],
      [GREEN, 20, 0.9, 2],
    ] as const) {
      record(1, 'AWS/ApplicationELB', 'RequestCount', load(group), requests);
      record(1, 'AWS/ApplicationELB', 'TargetResponseTime', load(group), seconds);
      record(1, 'AWS/ApplicationELB', 'HealthyHostCount', load(group), hosts);
    }
    const meters = [BLUE, GREEN].flatMap((group) =>
      (['requests', 'latency', 'healthyHosts'] as const).flatMap((metric) => [
        ofGroup(metric, group, group),
        ofGroup(metric, group),
      ]),
    );
    const all = await known(client, rollback(meters));
    expect(newest(all, { metric: 'requests', revision: BLUE }, 1)).toEqual([100]);
    expect(newest(all, { metric: 'requests', revision: GREEN }, 1)).toEqual([20]);
    expect(newest(all, { metric: 'requests' }, 1)).toEqual([120]);
    expect(newest(all, { metric: 'latency' }, 1)).toEqual([0.9]);
    expect(newest(all, { metric: 'healthyHosts' }, 1)).toEqual([6]);
  });

  test('come by zone too, where errors without a datapoint are none', async () => {
    const { client, record } = openCloudWatch();
    for (const AvailabilityZone of ['eu-west-1a', 'eu-west-1b'])
      record(1, 'AWS/ApplicationELB', 'RequestCount', load(BLUE, { AvailabilityZone }), 50);
    const of = load(BLUE, { AvailabilityZone: 'eu-west-1b' });
    record(1, 'AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', of, 30);
    const all = await known(client, rollback([ofGroup('requests', BLUE), ofGroup('errors', BLUE)]));
    expect(newest(all, { metric: 'requests', zone: 'eu-west-1a' }, 1)).toEqual([50]);
    expect(newest(all, { metric: 'errors', zone: 'eu-west-1b' }, 1)).toEqual([30]);
    expect(newest(all, { metric: 'errors', zone: 'eu-west-1a' }, 1)).toEqual([null]);
    expect(all.filter(({ zone }) => zone === undefined)).toEqual([]);
  });

  test('of many groups are asked for in searches that CloudWatch takes', async () => {
    const { client, asked, record } = openCloudWatch();
    const groups = Array.from(
      { length: 25 },
      (_, index) => `targetgroup/${'x'.repeat(30)}${index + 10}/0123456789abcdef`,
    );
    for (const group of groups) record(1, 'AWS/ApplicationELB', 'RequestCount', load(group), 1);
    const all = await known(client, rollback(groups.map((group) => ofGroup('requests', group))));
    expect(newest(all, { metric: 'requests' }, 1)).toEqual([25]);
    expect(asked).toHaveLength(2);
  });
});

describe('yesterday', () => {
  const DAY = 24 * 60;
  const of = { FunctionName: 'checkout' };

  test('is the second call, for requests, errors and latency, and reaches a little further', async () => {
    const { client, asked, record } = openCloudWatch();
    record(1, 'AWS/Lambda', 'Invocations', of, 100);
    record(DAY + 1, 'AWS/Lambda', 'Invocations', of, 70);
    record(DAY - 19, 'AWS/Lambda', 'Invocations', of, 60);
    record(1, 'AWS/ECS', 'CPUUtilization', of, 50);
    record(DAY + 1, 'AWS/ECS', 'CPUUtilization', of, 50);
    const meters = [
      named('requests', 'AWS/Lambda', 'Invocations', 'Sum'),
      named('cpu', 'AWS/ECS', 'CPUUtilization', 'Average'),
    ];
    const all = await known(client, rollback(meters));
    expect(all.map(({ metric, yesterday }) => [metric, yesterday])).toEqual([
      ['requests', undefined],
      ['cpu', undefined],
      ['requests', true],
    ]);
    const [before] = all.slice(-1);
    expect(before?.series).toMatchObject({ start: '2026-11-20T23:05:00.000Z', periodSeconds: 60 });
    expect(before?.series.values).toHaveLength(260);
    expect([before?.series.values[239], before?.series.values.at(-1)]).toEqual([70, 60]);
    expect(asked).toHaveLength(2);
  });

  test('is left out where it cannot be read, and not asked for where nothing is compared with it', async () => {
    const { client, record } = openCloudWatch();
    record(1, 'AWS/Lambda', 'Invocations', of, 100);
    let calls = 0;
    const throttled = {
      send: (command: never) =>
        ++calls === 2 ? Promise.reject(awsError('ThrottlingException')) : client.send(command),
    };
    const requests = named('requests', 'AWS/Lambda', 'Invocations', 'Sum');
    expect(await known(throttled, rollback([requests]))).toHaveLength(1);
    const cpu = openCloudWatch();
    await measure(
      cpu.client,
      metersOf(rollback([named('cpu', 'AWS/ECS', 'CPUUtilization', 'Average')])),
      NOW,
    );
    expect(cpu.asked).toHaveLength(1);
  });
});

describe('what the alarm watches', () => {
  const LOAD_BALANCER = { LoadBalancer: 'app/shop/50dc6c495c0c9188' };
  const errors: Meter = { ...ofGroup('errors', ''), dimensions: LOAD_BALANCER };

  test('is read too', async () => {
    const { client, record } = openCloudWatch();
    record(1, 'AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', LOAD_BALANCER, 40);
    const all = await known(client, rollback(undefined, { meters: [errors] }));
    expect(newest(all, { metric: 'errors' }, 1)).toEqual([40]);
  });

  test('is not read where the plan knows better', async () => {
    const { client, asked } = openCloudWatch();
    await measure(client, metersOf(rollback([ofGroup('errors', BLUE)], { meters: [errors] })), NOW);
    expect(JSON.stringify(asked)).not.toContain('"LoadBalancer","Value"');
  });

  test('is not the target where it is one of its sides', async () => {
    const { client, record } = openCloudWatch();
    const of = { ...LOAD_BALANCER, TargetGroup: GREEN };
    record(1, 'AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', of, 40);
    const side: Meter = { ...errors, dimensions: of };
    const all = await known(client, rollback([ofGroup('errors', GREEN, 'revision-42')], { meters: [side] }));
    expect(all.map(({ revision }) => revision)).toEqual(['revision-42']);
  });

  test('says nothing of zones where it watches all of them', async () => {
    const { client, record } = openCloudWatch();
    const of = { ...LOAD_BALANCER, TargetGroup: BLUE };
    record(1, 'AWS/ApplicationELB', 'RequestCount', of, 100);
    record(1, 'AWS/ApplicationELB', 'RequestCount', { ...of, AvailabilityZone: 'eu-west-1a' }, 100);
    const all = await known(client, rollback([ofGroup('requests', BLUE)], { meters: [errors] }));
    expect(all.map(({ metric, zone }) => [metric, zone])).toEqual([
      ['requests', undefined],
      ['requests', 'eu-west-1a'],
      ['errors', undefined],
    ]);
  });

  test('is in seconds, and of a zone where it watches one', async () => {
    const { client, record } = openCloudWatch();
    const of = { ...LOAD_BALANCER, AvailabilityZone: 'eu-west-1a' };
    record(1, 'AWS/Lambda', 'Duration', { FunctionName: 'checkout' }, 250);
    record(1, 'AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', of, 4);
    const meters = [named('latency', 'AWS/Lambda', 'Duration', 'p95'), { ...errors, dimensions: of }];
    const all = await known(client, rollback(undefined, { meters }));
    expect(newest(all, { metric: 'latency' }, 1)).toEqual([0.25]);
    expect(newest(all, { metric: 'errors', zone: 'eu-west-1a' }, 1)).toEqual([4]);
  });
});

describe('nothing is known', () => {
  const requests = named('requests', 'AWS/Lambda', 'Invocations', 'Sum');
  const answering = (answer: GetMetricDataOutput | Error) =>
    ({
      send: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)),
    }) as unknown as Client;
  const result = {
    Id: 'q0',
    Label: 'Invocations',
    Timestamps: [],
    Values: [],
    StatusCode: 'Complete' as const,
  };

  test('and nothing is queried where no meter is known', async () => {
    const { client, asked } = openCloudWatch();
    expect(await measure(client, metersOf(rollback(undefined)), NOW)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test.each([
    ['throttled', awsError('ThrottlingException'), 'ThrottlingException: no'],
    ['denied', awsError('AccessDenied'), 'AccessDenied: no'],
    ['a page of more', { MetricDataResults: [result], NextToken: 'x' }, /only a part/],
    [
      'a part of a series',
      { MetricDataResults: [{ ...result, StatusCode: 'PartialData' as const }] },
      /only a part/,
    ],
    [
      'a message',
      { MetricDataResults: [result], Messages: [{ Code: 'Limit', Value: 'too many' }] },
      /too many/,
    ],
  ])('where CloudWatch says: %s', async (_what, answer, why) => {
    expect(await measure(answering(answer), metersOf(rollback([requests])), NOW)).toEqual({
      known: false,
      why: expect.stringMatching(why) as unknown,
    });
  });

  test('of an empty answer is an empty list', async () => {
    expect(await measure(answering({}), metersOf(rollback([requests])), NOW)).toEqual({
      known: true,
      is: [],
    });
  });
});
