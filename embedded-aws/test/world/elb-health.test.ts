import { describe, expect, test } from 'vitest';
import { balance, HEALTHY } from './elb-shop.ts';

const target = { id: '10.0.0.1', port: 8080 };

function health({ elb, blue }: ReturnType<typeof balance>, group = blue) {
  const { TargetHealthDescriptions } = elb.operations.DescribeTargetHealth.run({ TargetGroupArn: group });
  return TargetHealthDescriptions?.map(({ TargetHealth, HealthCheckPort }) => ({
    state: TargetHealth?.State,
    reason: TargetHealth?.Reason,
    port: HealthCheckPort,
  }));
}

describe('a new target', () => {
  test('is initial, and healthy after one passed check, despite the threshold', async () => {
    const shop = balance();
    shop.behaviours.set(target.id, HEALTHY);
    shop.elb.register(shop.blue, target);
    expect(health(shop)).toEqual([{ state: 'initial', reason: 'Elb.RegistrationInProgress', port: '8080' }]);
    await shop.run(10);
    expect(health(shop)).toEqual([{ state: 'healthy', reason: undefined, port: '8080' }]);
  });

  test('that fails is checked twice before it is unhealthy', async () => {
    const shop = balance();
    shop.behaviours.set(target.id, { ...HEALTHY, health: 'fails' });
    shop.elb.register(shop.blue, target);
    await shop.run(10);
    expect(health(shop)?.[0]).toMatchObject({ state: 'initial', reason: 'Elb.InitialHealthChecking' });
    await shop.run(10);
    expect(health(shop)?.[0]).toMatchObject({ state: 'unhealthy', reason: 'Target.ResponseCodeMismatch' });
  });

  test.each([
    ['Target.FailedHealthChecks', null],
    ['Target.Timeout', { ...HEALTHY, latency: 6 }],
  ])('%s', async (reason, behaviour) => {
    const shop = balance();
    if (behaviour !== null) shop.behaviours.set(target.id, behaviour);
    shop.elb.register(shop.blue, target);
    await shop.run(20);
    expect(health(shop)?.[0]).toMatchObject({ state: 'unhealthy', reason });
  });
});

test('a healthy target that falls ill leaves after 2 failed checks and is back after 3 passed ones', async () => {
  const shop = balance();
  shop.behaviours.set(target.id, HEALTHY);
  shop.elb.register(shop.blue, target);
  await shop.run(10);
  shop.behaviours.set(target.id, { ...HEALTHY, health: 'fails' });
  await shop.run(10);
  expect(shop.elb.state(shop.blue, target)).toBe('healthy');
  await shop.run(10);
  expect(shop.elb.state(shop.blue, target)).toBe('unhealthy');
  shop.behaviours.set(target.id, HEALTHY);
  await shop.run(20);
  expect(shop.elb.state(shop.blue, target)).toBe('unhealthy');
  await shop.run(10);
  expect(shop.elb.state(shop.blue, target)).toBe('healthy');
});

test('a group that no rule names has unused targets, without a health check port', async () => {
  const shop = balance();
  shop.behaviours.set(target.id, HEALTHY);
  shop.elb.register(shop.green, target);
  await shop.run(60);
  expect(health(shop, shop.green)).toEqual([{ state: 'unused', reason: 'Target.NotInUse', port: undefined }]);
});

test('a group with weight zero is in use: its targets are checked', async () => {
  const shop = balance();
  shop.behaviours.set(target.id, HEALTHY);
  shop.elb.register(shop.green, target);
  shop.elb.pointRule(shop.listener, [
    { targetGroupArn: shop.blue, weight: 100 },
    { targetGroupArn: shop.green, weight: 0 },
  ]);
  expect(shop.elb.state(shop.green, target)).toBe('initial');
  await shop.run(10);
  expect(shop.elb.state(shop.green, target)).toBe('healthy');
});

describe('deregistration', () => {
  test('drains for the delay, then the target is removed', async () => {
    const shop = balance();
    shop.behaviours.set(target.id, HEALTHY);
    shop.elb.register(shop.blue, target);
    await shop.run(10);
    shop.elb.operations.DeregisterTargets.run({ TargetGroupArn: shop.blue, Targets: [{ Id: target.id }] });
    expect(health(shop)).toEqual([
      { state: 'draining', reason: 'Target.DeregistrationInProgress', port: '8080' },
    ]);
    expect(shop.elb.eligible(shop.blue)).toEqual([]);
    await shop.run(299);
    expect(shop.elb.state(shop.blue, target)).toBe('draining');
    await shop.run(1);
    expect(shop.elb.state(shop.blue, target)).toBeNull();
  });

  test('registering a draining target again starts afresh', async () => {
    const shop = balance();
    shop.behaviours.set(target.id, HEALTHY);
    shop.elb.register(shop.blue, target);
    await shop.run(10);
    shop.elb.deregister(shop.blue, target);
    shop.elb.register(shop.blue, target);
    expect(shop.elb.state(shop.blue, target)).toBe('initial');
    await shop.run(400);
    expect(shop.elb.state(shop.blue, target)).toBe('healthy');
  });

  test('that is named but not registered is answered as such', () => {
    const { elb, blue } = balance();
    const { TargetHealthDescriptions } = elb.operations.DescribeTargetHealth.run({
      TargetGroupArn: blue,
      Targets: [{ Id: '10.9.9.9' }],
    });
    expect(TargetHealthDescriptions?.[0]?.TargetHealth).toMatchObject({
      State: 'unused',
      Reason: 'Target.NotRegistered',
    });
  });
});

test('only healthy targets get requests; where there is none, all do', async () => {
  const shop = balance();
  const other = { id: '10.0.0.2', port: 8080 };
  shop.behaviours.set(target.id, HEALTHY).set(other.id, { ...HEALTHY, health: 'fails' });
  for (const each of [target, other]) shop.elb.register(shop.blue, each);
  await shop.run(20);
  expect(shop.elb.eligible(shop.blue)).toEqual([target]);
  expect(shop.elb.counts(shop.blue)).toEqual({ healthy: 1, unhealthy: 1, registered: 2 });
  shop.behaviours.set(target.id, { ...HEALTHY, health: 'fails' });
  await shop.run(20);
  expect(shop.elb.eligible(shop.blue)).toEqual([target, other]);
});
