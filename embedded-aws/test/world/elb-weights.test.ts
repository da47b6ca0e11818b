import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from 'vitest';
import { createTraffic } from '../../world/traffic.ts';
import { balance, HEALTHY, openElb, refusal } from './elb-shop.ts';

const OIDC = {
  Issuer: 'https://login.example.com',
  AuthorizationEndpoint: 'https://login.example.com/authorize',
  TokenEndpoint: 'https://login.example.com/token',
  UserInfoEndpoint: 'https://login.example.com/userinfo',
  ClientId: 'shop',
};

describe('authentication before a forward', () => {
  const actions = (group: string, more: object): Action[] => [
    { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig: { ...OIDC, ...more } },
    { Type: 'forward', Order: 2, TargetGroupArn: group },
  ];
  const modify = ({ elb, listener, blue }: ReturnType<typeof balance>, more: object) =>
    elb.operations.ModifyListener.run({ ListenerArn: listener, DefaultActions: actions(blue, more) });

  test('needs its client secret, and never shows it', () => {
    const shop = balance();
    expect(refusal(() => modify(shop, {}))).toBe('InvalidLoadBalancerAction');
    expect(refusal(() => modify(shop, { UseExistingClientSecret: true }))).toBe('InvalidLoadBalancerAction');
    const { Listeners } = modify(shop, { ClientSecret: 'secret' });
    expect(Listeners?.[0]?.DefaultActions?.[0]?.AuthenticateOidcConfig).toEqual(OIDC);
  });

  test('must resend the secret, or ask to keep it', () => {
    const shop = balance();
    modify(shop, { ClientSecret: 'secret' });
    expect(refusal(() => modify(shop, {}))).toBe('InvalidLoadBalancerAction');
    expect(refusal(() => modify(shop, { UseExistingClientSecret: true }))).toBe('no error');
    const both = { ClientSecret: 'secret', UseExistingClientSecret: true };
    expect(refusal(() => modify(shop, both))).toBe('InvalidLoadBalancerAction');
  });

  test('is done in an order that ends with an answer', () => {
    const { elb, listener, blue } = balance();
    const send = (given: Action[]) => () =>
      elb.operations.ModifyListener.run({ ListenerArn: listener, DefaultActions: given });
    const [first, last] = actions(blue, { ClientSecret: 'secret' }) as [Action, Action];
    const unordered = { ...last, Order: undefined };
    expect(refusal(send([first, unordered]))).toBe('ValidationError');
    expect(refusal(send([first]))).toBe('InvalidLoadBalancerAction');
  });
});

describe('a Network Load Balancer', () => {
  function network() {
    const world = openElb();
    const { operations } = world.elb;
    const groups = ['blue', 'green'].map(
      (Name) => operations.CreateTargetGroup.run({ Name, Protocol: 'TCP' }).TargetGroups![0]!.TargetGroupArn!,
    );
    const created = operations.CreateLoadBalancer.run({ Name: 'shop', Type: 'network' }).LoadBalancers![0]!;
    const TargetGroups = groups.map((TargetGroupArn, index) => ({ TargetGroupArn, Weight: index }));
    const { Listeners } = operations.CreateListener.run({
      LoadBalancerArn: created.LoadBalancerArn,
      Protocol: 'TCP',
      Port: 443,
      DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
    });
    return { ...world, created, groups, listener: Listeners![0]!.ListenerArn! };
  }

  test('has weights at its listener, and no rules', () => {
    const { elb, created, listener, groups } = network();
    expect(created).toMatchObject({ Type: 'network' });
    expect(listener).toMatch(/:listener\/net\/shop\/[0-9a-f]{16}\/[0-9a-f]{16}$/);
    expect(groups.map((group) => elb.weights(group))).toEqual([[0], [1]]);
    const rule = () =>
      elb.operations.CreateRule.run({ ListenerArn: listener, Priority: 1, Conditions: [], Actions: [] });
    expect(refusal(rule)).toBe('InvalidConfigurationRequest');
  });

  test('counts hosts and no requests', async () => {
    const { elb, clock, random, backends, behaviours, groups, run } = network();
    const recorded = new Set<string>();
    const metrics = {
      record: (datum: { namespace: string; name: string }) =>
        recorded.add(`${datum.namespace} ${datum.name}`),
    };
    behaviours.set('one', HEALTHY);
    elb.register(groups[1]!, { id: 'one', port: 80 });
    createTraffic({ clock, random }, { elb, backends, metrics: metrics });
    await run(300);
    expect([...recorded].sort()).toEqual([
      'AWS/NetworkELB HealthyHostCount',
      'AWS/NetworkELB UnHealthyHostCount',
    ]);
  });
});

test('target group stickiness keeps users in their group, despite the weights, until it is switched off', async () => {
  const shop = balance();
  const { elb, clock, random, backends, behaviours, blue, green, listener, run } = shop;
  behaviours.set('good', HEALTHY);
  behaviours.set('bad', { ...HEALTHY, errorRate: 1 });
  const weigh = (weights: readonly [number, number], Enabled: boolean) => {
    const TargetGroups = [blue, green].map((TargetGroupArn, index) => ({
      TargetGroupArn,
      Weight: weights[index]!,
    }));
    const TargetGroupStickinessConfig = { Enabled, ...(Enabled && { DurationSeconds: 3600 }) };
    const DefaultActions: Action[] = [
      { Type: 'forward', ForwardConfig: { TargetGroups, TargetGroupStickinessConfig } },
    ];
    elb.operations.ModifyListener.run({ ListenerArn: listener, DefaultActions });
  };
  weigh([1, 1], true);
  elb.register(blue, { id: 'good', port: 8080 });
  elb.register(green, { id: 'bad', port: 8080 });
  await run(60);
  const traffic = createTraffic({ clock, random }, { elb, backends, metrics: { record: () => undefined } });
  const errorsIn = async (seconds: number) => {
    await run(seconds);
    return traffic
      .history()
      .slice(-seconds)
      .reduce((sum, { errors }) => sum + errors, 0);
  };
  expect(await errorsIn(60)).toBeGreaterThan(0);
  weigh([1, 0], true);
  expect(await errorsIn(60)).toBeGreaterThan(0);
  weigh([1, 0], false);
  await run(2);
  expect(await errorsIn(60)).toBe(0);
});
