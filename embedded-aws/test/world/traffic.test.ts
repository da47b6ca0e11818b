import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCloudWatch } from '../../world/cloudwatch/cloudwatch.ts';
import { createTraffic, type TrafficOptions } from '../../world/traffic.ts';
import { Trouble } from '../../world/traffic/trouble.ts';
import { balance, HEALTHY, START } from './elb-shop.ts';

/** A good release: one request of ten thousand fails. */
const GOOD = { errorRate: 0.0001, latency: 0.08 };

const targets = (group: number) => [1, 2].map((host) => ({ id: `10.0.${group}.${host}`, port: 8080 }));

/** Creates the load balancer with two healthy targets in blue, CloudWatch, and traffic. */
async function openTraffic(options: TrafficOptions = {}, seed = 1) {
  const shop = balance(seed);
  const cloudwatch = createCloudWatch(shop);
  const { elb, behaviours, blue, green } = shop;
  for (const target of targets(0)) {
    behaviours.set(target.id, HEALTHY);
    elb.register(blue, target);
  }
  await shop.run(60);
  const traffic = createTraffic(shop, { elb, backends: shop.backends, metrics: cloudwatch }, options);
  const point = (blueWeight: number, greenWeight: number): void =>
    elb.pointRule(shop.listener, [
      { targetGroupArn: blue, weight: blueWeight },
      { targetGroupArn: green, weight: greenWeight },
    ]);
  const behave = (group: number, behaviour: Partial<typeof HEALTHY>): void => {
    for (const { id } of targets(group)) behaviours.set(id, { ...HEALTHY, ...behaviour });
  };
  const metric = (MetricName: string, Stat: string, group?: string, zone?: string) => {
    const dimensions = [
      ...(zone === undefined ? [] : [{ Name: 'AvailabilityZone', Value: zone }]),
      { Name: 'LoadBalancer', Value: shop.loadBalancer.split(':loadbalancer/')[1] },
      ...(group === undefined ? [] : [{ Name: 'TargetGroup', Value: group.split(':').at(-1) }]),
    ];
    const Metric = { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions: dimensions };
    return cloudwatch.operations.GetMetricData.run({
      StartTime: new Date(START),
      EndTime: new Date(START + 3_600_000),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [{ Id: 'm1', MetricStat: { Metric, Period: 60, Stat } }],
    }).MetricDataResults?.[0]?.Values;
  };
  return { ...shop, cloudwatch, traffic, point, behave, metric };
}

describe('metrics of the load balancer', () => {
  test('come a while after their minute, and only where there is something to report', async () => {
    const { run, metric, blue } = await openTraffic({ requestsPerSecond: 10 });
    await run(60 + 39);
    expect(metric('RequestCount', 'Sum')).toEqual([]);
    await run(60);
    expect(metric('RequestCount', 'Sum')).toEqual([590]);
    expect(metric('RequestCount', 'Sum', blue)).toEqual([590]);
    expect(metric('HTTPCode_Target_2XX_Count', 'Sum', blue)).toEqual([590]);
    expect(metric('TargetResponseTime', 'Average')?.[0]).toBeCloseTo(0.1);
    expect(metric('TargetResponseTime', 'SampleCount')).toEqual([590]);
    expect(metric('HTTPCode_Target_5XX_Count', 'Sum')).toEqual([]);
    expect(metric('HTTPCode_ELB_5XX_Count', 'Sum')).toEqual([]);
    expect(metric('HealthyHostCount', 'Minimum', blue)?.at(-1)).toBe(2);
  });

  test('of the newest minute come in parts: first those of one node', async () => {
    const { run, metric, blue } = await openTraffic({ requestsPerSecond: 10 });
    await run(60 + 45);
    const names = ['RequestCount', 'HTTPCode_Target_2XX_Count'];
    expect(names.map((name) => metric(name, 'Sum', blue))).toEqual([[295], [295]]);
    expect(metric('RequestCount', 'Sum', undefined, 'eu-west-1b')).toEqual([]);
    await run(10);
    expect(names.map((name) => metric(name, 'Sum', blue))).toEqual([[590], [590]]);
  });

  test('of a good release most minutes have no datapoint of errors at all, and some have', async () => {
    const { run, metric, behave, blue } = await openTraffic();
    behave(0, GOOD);
    await run(45 * 60);
    const [requests, errors] = ['RequestCount', 'HTTPCode_Target_5XX_Count'].map(
      (name) => metric(name, 'Sum', blue)?.length ?? 0,
    );
    expect(requests).toBe(44);
    expect(errors).toBeGreaterThan(0);
    expect(errors).toBeLessThan(22);
  });

  test('are published for each Availability Zone as well: of the node that took the request', async () => {
    const { run, metric, behave, blue } = await openTraffic({ requestsPerSecond: 10 });
    behave(0, { errorRate: 0.2 });
    await run(120);
    const zones = ['eu-west-1a', 'eu-west-1b'];
    for (const group of [blue, undefined]) {
      expect(zones.map((zone) => metric('RequestCount', 'Sum', group, zone))).toEqual([[295], [295]]);
      const failed = zones.map((zone) => metric('HTTPCode_Target_5XX_Count', 'Sum', group, zone)?.[0] ?? 0);
      expect([failed.reduce((sum, one) => sum + one)]).toEqual(
        metric('HTTPCode_Target_5XX_Count', 'Sum', group),
      );
      expect(metric('TargetResponseTime', 'p95', group, 'eu-west-1a')?.[0]).toBeCloseTo(0.1);
    }
    expect(metric('HealthyHostCount', 'Minimum', blue, 'eu-west-1a')).toEqual([]);
  });

  test('errors of the targets are the targets’, by the share that they fail', async () => {
    const { run, metric, behave } = await openTraffic({ requestsPerSecond: 100 });
    behave(0, { errorRate: 0.2 });
    await run(180);
    const [first = 0] = metric('HTTPCode_Target_5XX_Count', 'Sum') ?? [];
    expect(first / 5900).toBeGreaterThan(0.18);
    expect(first / 5900).toBeLessThan(0.22);
    expect(metric('HTTPCode_ELB_5XX_Count', 'Sum')).toEqual([]);
  });

  test('a target that does not answer makes a 502 of the load balancer’s own', async () => {
    const { run, metric, behaviours } = await openTraffic({ requestsPerSecond: 10 });
    behaviours.clear();
    await run(170);
    expect(metric('HTTPCode_ELB_502_Count', 'Sum')?.[0]).toBe(590);
    expect(metric('HTTPCode_Target_5XX_Count', 'Sum')).toEqual([]);
    expect(metric('TargetResponseTime', 'Average')).toEqual([]);
  });

  test('a target that takes too long makes a 504, which RequestCount has and no metric of the target', async () => {
    const { run, metric, traffic, blue } = await openTraffic({ requestsPerSecond: 10 });
    traffic.hangAll();
    await run(170);
    expect(metric('HTTPCode_ELB_504_Count', 'Sum')?.[0]).toBe(590);
    expect(metric('HTTPCode_ELB_5XX_Count', 'Sum')?.[0]).toBe(590);
    expect(metric('RequestCount', 'Sum', blue)?.[0]).toBe(590);
    expect(metric('HTTPCode_Target_2XX_Count', 'Sum', blue)).toEqual([]);
    expect(metric('HTTPCode_Target_5XX_Count', 'Sum', blue)).toEqual([]);
    expect(metric('TargetConnectionErrorCount', 'Sum', blue)).toEqual([]);
    expect(traffic.history().at(-1)).toMatchObject({ requests: 10, errors: 10 });
  });

  test('a group without targets answers 503, which RequestCount leaves out', async () => {
    const { run, metric, elb, blue, traffic } = await openTraffic({ requestsPerSecond: 10 });
    await run(1);
    for (const target of targets(0)) elb.deregister(blue, target);
    await run(170);
    expect(metric('HTTPCode_ELB_503_Count', 'Sum')).toEqual([580, 600]);
    expect(metric('RequestCount', 'Sum')).toEqual([10]);
    expect(traffic.history().at(-1)).toMatchObject({ requests: 10, errors: 10 });
  });

  test('where all targets are unhealthy, they get the requests all the same', async () => {
    const { run, behave, traffic } = await openTraffic({ requestsPerSecond: 10 });
    behave(0, { health: 'fails' });
    await run(120);
    expect(traffic.history().at(-1)).toMatchObject({ requests: 10, errors: 0 });
  });
});

test('traffic follows the weights', async () => {
  const { run, metric, point, behave, elb, blue, green } = await openTraffic({ requestsPerSecond: 100 });
  behave(1, {});
  for (const target of targets(1)) elb.register(green, target);
  point(90, 10);
  await run(180);
  const [toBlue = 0] = metric('RequestCount', 'Sum', blue) ?? [];
  const [toGreen = 0] = metric('RequestCount', 'Sum', green) ?? [];
  expect(toBlue + toGreen).toBe(5900);
  expect(toGreen / 5900).toBeGreaterThan(0.08);
  expect(toGreen / 5900).toBeLessThan(0.12);
});

test('the same seed gives the same traffic', async () => {
  const run = async (seed: number) => {
    const { traffic, behave, run: pass } = await openTraffic({}, seed);
    behave(0, { errorRate: 0.3 });
    await pass(60);
    return traffic.history().map(({ errors }) => errors);
  };
  expect(await run(7)).toEqual(await run(7));
  expect(await run(7)).not.toEqual(await run(8));
});

test('users arrive once a target answers, and stay', async () => {
  const shop = balance();
  const metrics = createCloudWatch(shop);
  const traffic = createTraffic(shop, { elb: shop.elb, backends: shop.backends, metrics });
  await shop.run(60);
  expect(traffic.history().every(({ requests }) => requests === 0)).toBe(true);
  const [target] = targets(0);
  if (target === undefined) return;
  shop.behaviours.set(target.id, HEALTHY);
  shop.elb.register(shop.blue, target);
  await shop.run(15);
  expect(traffic.history().at(-1)).toMatchObject({ requests: 50, errors: 0 });
  expect(traffic.badSince()).toBeNull();
});

test('goes on after a second that failed', async () => {
  const shop = balance();
  let seconds = 0;
  const failsOnce = {
    serve: () => {
      if (seconds++ === 1) throw new Error('the model is wrong');
      return [];
    },
    violations: () => [],
    failAll: () => undefined,
  };
  const metrics = { record: () => undefined };
  createTraffic(shop, { elb: shop.elb, backends: shop.backends, metrics, others: [failsOnce] });
  await expect(shop.run(10)).rejects.toThrow('the model is wrong');
  await shop.run(10);
  expect(seconds).toBeGreaterThan(10);
});

describe('trouble', () => {
  test('begins and ends on the second', async () => {
    const { run, behave, traffic, clock } = await openTraffic();
    await run(100);
    behave(0, { errorRate: 1 });
    const began = clock.now() + 1000;
    await run(100);
    expect([traffic.badSince()?.getTime(), traffic.restoredAt()]).toEqual([began, null]);
    behave(0, { latency: 2.5 });
    await run(100);
    expect(traffic.restoredAt()).toBeNull();
    behave(0, {});
    const ended = clock.now() + 1000;
    await run(100);
    expect([traffic.badSince()?.getTime(), traffic.restoredAt()?.getTime()]).toEqual([began, ended]);
  });

  test('is not one error in a thousand', async () => {
    const { run, behave, traffic } = await openTraffic();
    behave(0, { errorRate: 0.001 });
    await run(3600);
    expect(traffic.history().some(({ errors }) => errors > 0)).toBe(true);
    expect(traffic.badSince()).toBeNull();
  });

  test('of every dependency affects every release', async () => {
    const { run, traffic } = await openTraffic();
    await run(10);
    traffic.failAll(0.4);
    await run(30);
    expect(traffic.badSince()).not.toBeNull();
    traffic.failAll(0);
    await run(60);
    expect(traffic.restoredAt()).not.toBeNull();
  });

  test('of a slow dependency affects its share of every release', async () => {
    const { run, traffic } = await openTraffic();
    await run(10);
    traffic.slowAll(0.15, 2);
    await run(30);
    const { slow, requests } = traffic.history().at(-1) ?? { slow: 0, requests: 0 };
    expect(slow).toBeGreaterThan(0);
    expect(slow).toBeLessThan(requests / 2);
    traffic.slowAll(0, 0);
    await run(60);
    expect(traffic.restoredAt()).not.toBeNull();
  });

  test('of any length is found to the second, with good traffic around it', () => {
    const lengths = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(lengths, fc.integer({ min: 10, max: 100 }), ([before, bad], percent) => {
        const trouble = new Trouble();
        const pass = (from: number, seconds: number, errors: number): void => {
          for (let at = from; at < from + seconds; at++)
            trouble.add({ at: at * 1000, requests: 100, errors, slow: 0 });
        };
        pass(0, before, 0);
        pass(before, bad, percent);
        pass(before + bad, 10, 0);
        expect(trouble.badSince()).toEqual(new Date(before * 1000));
        expect(trouble.restoredAt()).toEqual(new Date((before + bad) * 1000));
      }),
    );
  });
});

describe('violations', () => {
  test('traffic that moves to an empty group, while the other could carry it, is one', async () => {
    const { run, point, traffic } = await openTraffic();
    await run(10);
    point(50, 50);
    await run(10);
    expect(traffic.violations()).toEqual([
      expect.stringMatching(
        /^2026-11-22T02:01:11\.000Z 50 % of the traffic moved to green, 0 healthy of 2 needed$/,
      ),
    ]);
  });

  test('a group with half the targets may have half the traffic, and no more', async () => {
    const { run, point, traffic, elb, green, behave } = await openTraffic();
    behave(1, {});
    point(100, 0);
    elb.register(green, targets(1)[0] ?? { id: '', port: 0 });
    await run(20);
    point(50, 50);
    await run(10);
    expect(traffic.violations()).toEqual([]);
    point(40, 60);
    await run(10);
    expect(traffic.violations().length).toBe(1);
  });

  test('targets that fall ill where the traffic is are none', async () => {
    const { run, traffic, behave } = await openTraffic();
    behave(0, { health: 'fails' });
    await run(120);
    expect(traffic.violations()).toEqual([]);
  });

  test('neither is a move to a group that is full, or between groups that are both down', async () => {
    const { run, point, traffic, elb, green, behave } = await openTraffic();
    behave(1, {});
    point(100, 0);
    for (const target of targets(1)) elb.register(green, target);
    await run(20);
    point(0, 100);
    await run(20);
    behave(0, { health: 'fails' });
    behave(1, { health: 'fails' });
    await run(60);
    point(100, 0);
    await run(10);
    expect(traffic.violations()).toEqual([]);
  });

  test('the removal of the last target of a group with traffic is one', async () => {
    const { run, traffic, elb, blue } = await openTraffic();
    const [first, ...others] = targets(0);
    await run(10);
    for (const target of others) elb.deregister(blue, target);
    await run(10);
    expect(traffic.violations()).toEqual([]);
    elb.deregister(blue, first!);
    await run(10);
    expect(traffic.violations()).toEqual([
      expect.stringMatching(/^2026-11-22T02:01:21\.000Z blue was scaled to zero with 100 % of the traffic$/),
    ]);
  });

  test('the removal from a group without traffic is none', async () => {
    const { run, point, traffic, elb, green } = await openTraffic();
    for (const target of targets(1)) elb.register(green, target);
    point(100, 0);
    await run(20);
    for (const target of targets(1)) elb.deregister(green, target);
    await run(10);
    expect(traffic.violations()).toEqual([]);
  });
});
