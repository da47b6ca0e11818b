import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shares } from '../../world/elb/forwards.ts';
import { balance, openElb, refusal } from './elb-shop.ts';

describe('forward actions', () => {
  test('a forward to one group is answered in both forms', () => {
    const { elb, blue, listener } = balance();
    const answer = elb.operations.DescribeListeners.run({ ListenerArns: [listener] });
    expect(answer.Listeners?.[0]?.DefaultActions).toEqual([
      {
        Type: 'forward',
        TargetGroupArn: blue,
        ForwardConfig: {
          TargetGroups: [{ TargetGroupArn: blue, Weight: 1 }],
          TargetGroupStickinessConfig: { Enabled: false },
        },
      },
    ]);
  });

  test('a forward to two groups has no top-level TargetGroupArn', () => {
    const { elb, blue, green, listener } = balance();
    const { Listeners } = elb.operations.ModifyListener.run({
      ListenerArn: listener,
      DefaultActions: [forward([blue, 90], [green, 10])],
    });
    expect(Listeners?.[0]?.DefaultActions?.[0]).not.toHaveProperty('TargetGroupArn');
    expect(elb.weights(green)).toEqual([10]);
  });

  test('both forms must name the same group', () => {
    const { elb, blue, green, listener } = balance();
    const action = { ...forward([blue, 1]), TargetGroupArn: green };
    const modify = () =>
      elb.operations.ModifyListener.run({ ListenerArn: listener, DefaultActions: [action] });
    expect(refusal(modify)).toBe('ValidationError');
  });

  test.each([-1, 1000, 0.5])('weight %d is refused', (weight) => {
    const { elb, blue, listener } = balance();
    const modify = () =>
      elb.operations.ModifyListener.run({ ListenerArn: listener, DefaultActions: [forward([blue, weight])] });
    expect(refusal(modify)).toBe('ValidationError');
  });

  test('a group serves one load balancer only', () => {
    const { elb, blue } = balance();
    const other = elb.operations.CreateLoadBalancer.run({ Name: 'other' }).LoadBalancers?.[0]
      ?.LoadBalancerArn;
    const create = () =>
      elb.operations.CreateListener.run({
        LoadBalancerArn: other,
        Port: 80,
        DefaultActions: [forward([blue, 1])],
      });
    expect(refusal(create)).toBe('TargetGroupAssociationLimit');
  });

  test('shares add up to one and keep the proportions of the weights', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(999), { minLength: 1, maxLength: 5 }), (weights) => {
        const given = shares(weights.map((weight, index) => ({ targetGroupArn: `group-${index}`, weight })));
        const sum = weights.reduce((total, weight) => total + weight, 0);
        const total = [...given.values()].reduce((one, other) => one + other, 0);
        expect(total).toBeCloseTo(sum === 0 ? 0 : 1);
        weights.forEach((weight, index) =>
          expect((given.get(`group-${index}`) ?? 0) * sum).toBeCloseTo(sum && weight),
        );
      }),
    );
  });
});

describe('listeners and rules', () => {
  test('rules come in the order of their priority, the default last', () => {
    const { elb, green, listener } = balance();
    for (const Priority of [20, 3])
      elb.operations.CreateRule.run({
        ListenerArn: listener,
        Priority,
        Conditions: [{ Field: 'path-pattern', Values: [`/${Priority}/*`] }],
        Actions: [forward([green, 1])],
      });
    const { Rules } = elb.operations.DescribeRules.run({ ListenerArn: listener });
    expect(Rules?.map((rule) => rule.Priority)).toEqual(['3', '20', 'default']);
    expect(Rules?.map((rule) => rule.IsDefault)).toEqual([false, false, true]);
  });

  test('the first rule whose conditions hold routes the request', () => {
    const { elb, blue, green, listener } = balance();
    elb.operations.CreateRule.run({
      ListenerArn: listener,
      Priority: 1,
      Conditions: [
        { Field: 'path-pattern', Values: ['/api/*'] },
        { Field: 'host-header', Values: ['*.EXAMPLE.com'] },
      ],
      Actions: [forward([green, 1])],
    });
    const to = (host: string, path: string) => elb.forwards(listener, { host, path })[0]?.targetGroupArn;
    expect(to('www.example.com', '/api/pay')).toBe(green);
    expect(to('www.example.com', '/API/pay')).toBe(blue);
    expect(to('example.org', '/api/pay')).toBe(blue);
  });

  test('a default rule is changed through its listener only', () => {
    const { elb, green, listener } = balance();
    const rule = elb.operations.DescribeRules.run({ ListenerArn: listener }).Rules?.at(-1)?.RuleArn;
    const modify = () => elb.operations.ModifyRule.run({ RuleArn: rule, Actions: [forward([green, 1])] });
    expect(refusal(modify)).toBe('OperationNotPermitted');
  });

  test('a priority is used once', () => {
    const { elb, green, listener } = balance();
    const create = () =>
      elb.operations.CreateRule.run({
        ListenerArn: listener,
        Priority: 7,
        Conditions: [],
        Actions: [forward([green, 1])],
      });
    create();
    expect(refusal(create)).toBe('PriorityInUse');
  });

  test('pointing a rule changes what the API answers, for listeners too', () => {
    const { elb, blue, green, listener } = balance();
    elb.pointRule(listener, [
      { targetGroupArn: blue, weight: 0 },
      { targetGroupArn: green, weight: 100 },
    ]);
    expect([elb.weights(blue), elb.weights(green)]).toEqual([[0], [100]]);
    expect(elb.forwards(listener, { host: 'x', path: '/' })).toEqual([
      { targetGroupArn: blue, weight: 0 },
      { targetGroupArn: green, weight: 100 },
    ]);
  });
});

describe('what does not exist', () => {
  const { elb } = openElb();
  const nothing = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/none/0123456789abcdef';

  test.each([
    ['TargetGroupNotFound', () => elb.operations.DescribeTargetHealth.run({ TargetGroupArn: nothing })],
    ['TargetGroupNotFound', () => elb.operations.DescribeTargetGroups.run({ Names: ['none'] })],
    ['ListenerNotFound', () => elb.operations.DescribeListeners.run({ ListenerArns: [nothing] })],
    ['RuleNotFound', () => elb.operations.ModifyRule.run({ RuleArn: nothing })],
    ['LoadBalancerNotFound', () => elb.operations.DescribeLoadBalancers.run({ Names: ['none'] })],
  ])('%s', (code, call) => expect(refusal(call)).toBe(code));
});

test('a page at a time', () => {
  const { elb } = openElb();
  for (const Name of ['a', 'b', 'c']) elb.operations.CreateTargetGroup.run({ Name });
  const first = elb.operations.DescribeTargetGroups.run({ PageSize: 2 });
  const second = elb.operations.DescribeTargetGroups.run({ PageSize: 2, Marker: first.NextMarker });
  expect(first.TargetGroups?.map((group) => group.TargetGroupName)).toEqual(['a', 'b']);
  expect(second.TargetGroups?.map((group) => group.TargetGroupName)).toEqual(['c']);
  expect(second.NextMarker).toBeUndefined();
});

test('tags are kept, and offered to IAM as conditions', () => {
  const { elb, listener } = balance();
  elb.operations.AddTags.run({ ResourceArns: [listener], Tags: [{ Key: 'lastgood', Value: 'auto' }] });
  expect(elb.operations.DescribeTags.run({ ResourceArns: [listener] }).TagDescriptions).toEqual([
    { ResourceArn: listener, Tags: [{ Key: 'lastgood', Value: 'auto' }] },
  ]);
  expect(elb.operations.ModifyListener.authorize({ ListenerArn: listener })).toEqual([
    { action: 'elasticloadbalancing:ModifyListener', resource: listener, tags: { lastgood: 'auto' } },
  ]);
  elb.operations.RemoveTags.run({ ResourceArns: [listener], TagKeys: ['lastgood', 'team'] });
  expect(elb.operations.DescribeTags.run({ ResourceArns: [listener] }).TagDescriptions).toEqual([
    { ResourceArn: listener, Tags: [] },
  ]);
});

test('tags of up to 20 resources are described in one call, and one unknown resource fails it', () => {
  const { elb, blue, green } = balance();
  const tell = (...ResourceArns: string[]) =>
    elb.operations.DescribeTags.run({ ResourceArns }).TagDescriptions?.length;
  expect(tell(...Array<string>(20).fill(blue))).toBe(20);
  expect(refusal(() => tell(...Array<string>(21).fill(blue)))).toBe('ValidationError');
  elb.operations.DeleteTargetGroup.run({ TargetGroupArn: green });
  expect(refusal(() => tell(blue, green))).toBe('TargetGroupNotFound');
});

test('a target group is deleted once no rule names it', () => {
  const { elb, blue, listener } = balance();
  const remove = () => elb.operations.DeleteTargetGroup.run({ TargetGroupArn: blue });
  expect(refusal(remove)).toBe('ResourceInUse');
  elb.operations.ModifyListener.run({
    ListenerArn: listener,
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }],
  });
  remove();
  expect(refusal(() => elb.operations.DescribeTargetHealth.run({ TargetGroupArn: blue }))).toBe(
    'TargetGroupNotFound',
  );
});

test('attributes: the delay is checked, an unknown key is refused', () => {
  const { elb, blue } = balance();
  const set = (Key: string, Value: string) => () =>
    elb.operations.ModifyTargetGroupAttributes.run({ TargetGroupArn: blue, Attributes: [{ Key, Value }] });
  set('deregistration_delay.timeout_seconds', '30')();
  expect(elb.deregistrationDelay(blue)).toBe(30);
  expect(refusal(set('deregistration_delay.timeout_seconds', '3601'))).toBe('InvalidConfigurationRequest');
  expect(refusal(set('deregistration_delay.seconds', '30'))).toBe('InvalidConfigurationRequest');
  expect(elb.deregistrationDelay(blue)).toBe(30);
});

function forward(...groups: readonly [string, number][]) {
  const TargetGroups = groups.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
  return { Type: 'forward' as const, ForwardConfig: { TargetGroups } };
}
