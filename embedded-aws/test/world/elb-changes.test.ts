import { expect, test } from 'vitest';
import { balance, HEALTHY } from './elb-shop.ts';

const target = { id: '10.0.0.1', port: 8080 };

/** Creates the shop, and a check that fails if a cached value differs from the present one. */
function watched() {
  const shop = balance();
  const { elb, blue, green, listener } = shop;
  const request = { host: 'www.example.com', path: '/' };
  const look = () => ({
    forwards: elb.forwards(listener, request),
    groups: [blue, green].map((group) => elb.counts(group)),
  });
  const known = elb.changes.remembering(look);
  const byRoutes = elb.routes.remembering(() => elb.forwards(listener, request));
  /** DescribeTargetHealth caches nothing. */
  const counted = (TargetGroupArn: string) => {
    const all = elb.operations.DescribeTargetHealth.run({ TargetGroupArn }).TargetHealthDescriptions ?? [];
    const states = all.map(({ TargetHealth }) => TargetHealth?.State);
    const count = (wanted: string) => states.filter((state) => state === wanted).length;
    const registered = states.length - count('draining');
    return { healthy: count('healthy'), unhealthy: count('unhealthy'), registered };
  };
  const agree = (): void => {
    expect(known(undefined)).toEqual(look());
    expect(byRoutes(undefined)).toEqual(elb.forwards(listener, request));
    expect([blue, green].map((group) => elb.counts(group))).toEqual([blue, green].map(counted));
  };
  agree();
  return { ...shop, agree };
}

test('every step of a target’s life counts as a change', async () => {
  const { elb, blue, behaviours, run, agree } = watched();
  behaviours.set(target.id, HEALTHY);
  elb.register(blue, target);
  agree();
  await run(10);
  expect(elb.state(blue, target)).toBe('healthy');
  agree();
  behaviours.set(target.id, { ...HEALTHY, health: 'fails' });
  await run(20);
  expect(elb.state(blue, target)).toBe('unhealthy');
  agree();
  elb.deregister(blue, target);
  agree();
  await run(300);
  expect(elb.state(blue, target)).toBeNull();
  agree();
});

test('a target that could not get a request is removed at once, which counts as a change', () => {
  const { elb, green, agree } = watched();
  elb.register(green, target);
  agree();
  elb.deregister(green, target);
  agree();
});

test('wherever else requests go counts as a change', () => {
  const { elb, blue, green, listener, agree } = watched();
  const { operations } = elb;
  operations.ModifyListener.run({
    ListenerArn: listener,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: green }],
  });
  agree();
  const { Rules } = operations.CreateRule.run({
    ListenerArn: listener,
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
    Actions: [{ Type: 'forward', TargetGroupArn: blue }],
  });
  const rule = Rules?.[0]?.RuleArn ?? '';
  agree();
  operations.ModifyRule.run({
    RuleArn: rule,
    Conditions: [{ Field: 'path-pattern', Values: ['/other'] }],
    Actions: undefined,
  });
  agree();
  elb.pointRule(listener, [{ targetGroupArn: blue, weight: 7 }]);
  agree();
});

test('what is known of a group’s servers stays the same object until it may have changed', async () => {
  const { elb, blue, green, behaviours, run } = balance();
  behaviours.set(target.id, HEALTHY);
  elb.register(blue, target);
  await run(10);
  const before = [elb.servers(blue), elb.servers(green)];
  await run(60);
  expect(elb.servers(blue)).toBe(before[0]);
  elb.deregister(blue, target);
  expect(elb.servers(blue)).not.toBe(before[0]);
  expect(elb.servers(green)).toBe(before[1]);
});
