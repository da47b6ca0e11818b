import { describe, expect, it } from 'vitest';
import { createCloudWatch } from '../../world/cloudwatch/cloudwatch.ts';
import { createTraffic } from '../../world/traffic.ts';
import type { Visit } from '../../world/traffic/serving.ts';
import type { Sites } from '../../world/traffic/sites.ts';
import type { Behaviour } from '../../world/seams.ts';
import { balance, HEALTHY, START } from './elb-shop.ts';

const HOSTS = [1, 2].map((host) => ({ blue: `10.0.0.${host}`, green: `10.0.1.${host}` }));

/** Opens a load balancer with two healthy targets in blue and in green, and all weight on blue. */
async function openShop() {
  const shop = balance();
  const { elb, behaviours, blue, green } = shop;
  const behave = (side: 'blue' | 'green', behaviour: Partial<Behaviour> | null): void => {
    for (const host of HOSTS)
      if (behaviour === null) behaviours.delete(host[side]);
      else behaviours.set(host[side], { ...HEALTHY, ...behaviour });
  };
  const point = (blueWeight: number, greenWeight: number): void =>
    elb.pointRule(shop.listener, [
      { targetGroupArn: blue, weight: blueWeight },
      { targetGroupArn: green, weight: greenWeight },
    ]);
  point(1, 0);
  behave('blue', {});
  behave('green', { latency: 0.7 });
  for (const host of HOSTS) {
    elb.register(blue, { id: host.blue, port: 8080 });
    elb.register(green, { id: host.green, port: 8080 });
  }
  await shop.run(60);
  const { LoadBalancers } = elb.operations.DescribeLoadBalancers.run({});
  const dns = LoadBalancers?.[0]?.DNSName ?? '';
  const cloudwatch = createCloudWatch(shop);
  const names = {
    query: ({ name, type }: { name: string; type: string }) => {
      if (`${name} ${type}` === 'shop.example.com. A')
        return { Name: name, Type: 'A' as const, AliasTarget: aliasOf(`dualstack.${dns.toUpperCase()}.`) };
      if (`${name} ${type}` === 'www.example.com. CNAME')
        return { Name: name, Type: 'CNAME' as const, TTL: 60, ResourceRecords: [{ Value: dns }] };
      return null;
    },
  };
  const traffic = createTraffic(
    shop,
    { elb, backends: shop.backends, metrics: cloudwatch, names },
    { requestsAt: () => [] },
  );
  const get = (url: string): Visit | null => getFrom(traffic.sites, url);
  return { ...shop, cloudwatch, traffic, behave, point, dns, get, home: `http://${dns}/` };
}

const aliasOf = (DNSName: string) => ({ DNSName, HostedZoneId: 'Z1', EvaluateTargetHealth: false });

function getFrom(sites: Sites, url: string): Visit | null {
  const [address = ''] = sites.resolve(new URL(url).hostname) ?? [];
  return sites.visit(address, new URL(url));
}

describe('a GET to a load balancer', () => {
  it('is answered by a target of the group with weight, after its latency', async () => {
    const { get, home, point } = await openShop();
    expect(get(home)).toEqual({ status: 200, seconds: 0.1 });
    point(0, 1);
    expect(get(home)).toEqual({ status: 200, seconds: 0.7 });
  });

  it('meets the groups by their weights, and errors by their share', async () => {
    const { get, home, point, behave } = await openShop();
    point(3, 1);
    behave('green', { latency: 0.7, errorRate: 0.5 });
    const visits = Array.from({ length: 400 }, () => get(home));
    const share = (isSo: (visit: Visit) => boolean) =>
      visits.filter((visit) => visit !== null && isSo(visit)).length / 400;
    expect(share(({ seconds }) => seconds === 0.7)).toBeCloseTo(0.25, 1);
    expect(share(({ status, seconds }) => status === 500 && seconds === 0.7)).toBeCloseTo(0.125, 1);
    expect(share(({ status, seconds }) => status === 500 && seconds === 0.1)).toBe(0);
  });

  it('has the answer of the load balancer if no target answers', async () => {
    const { get, home, point, behave, elb, blue } = await openShop();
    behave('blue', { latency: 61 });
    expect(get(home)).toEqual({ status: 504, seconds: 60 });
    behave('blue', null);
    expect(get(home)).toEqual({ status: 502, seconds: 0 });
    for (const host of HOSTS) elb.deregister(blue, { id: host.blue, port: 8080 });
    expect(get(home)).toEqual({ status: 503, seconds: 0 });
    point(0, 0);
    expect(get(home)).toEqual({ status: 503, seconds: 0 });
  });

  it('shares the troubles of the users', async () => {
    const { get, home, traffic } = await openShop();
    traffic.failAll(1);
    expect(get(home)).toEqual({ status: 500, seconds: 0.1 });
    traffic.hangAll();
    expect(get(home)).toEqual({ status: 504, seconds: 60 });
  });

  it('goes to the listener of its port and scheme', async () => {
    const { get, dns, elb, loadBalancer, green } = await openShop();
    const listener = { LoadBalancerArn: loadBalancer, Port: 8080, Protocol: 'HTTP' as const };
    elb.operations.CreateListener.run({
      ...listener,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: green }],
    });
    expect(get(`http://${dns}:8080/`)).toEqual({ status: 200, seconds: 0.7 });
    const unreached = { seconds: Infinity };
    expect(get(`http://${dns}:8081/`)).toMatchObject(unreached);
    expect(get(`https://${dns}/`)).toMatchObject(unreached);
    expect(get(`https://${dns}:8080/`)).toMatchObject(unreached);
  });

  it.each([
    [{ Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '418' } }, 418],
    [{ Type: 'redirect' as const, RedirectConfig: { StatusCode: 'HTTP_301' as const } }, 301],
    [{ Type: 'redirect' as const, RedirectConfig: { StatusCode: 'HTTP_302' as const } }, 302],
  ])('that a rule answers with %j has that status', async (action, status) => {
    const { get, dns, elb, listener } = await openShop();
    elb.operations.CreateRule.run({
      ListenerArn: listener,
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', Values: ['/own/*'] }],
      Actions: [action],
    });
    expect(get(`http://${dns}/own/page`)).toEqual({ status, seconds: 0 });
    expect(get(`http://${dns}/`)).toMatchObject({ status: 200 });
  });

  it.each([
    [undefined, 302],
    ['authenticate' as const, 302],
    ['deny' as const, 401],
    ['allow' as const, 200],
  ])('without a session meets an authentication that does %s', async (OnUnauthenticatedRequest, status) => {
    const { get, dns, home, elb, listener, blue } = await openShop();
    const pool = { UserPoolArn: 'pool', UserPoolClientId: 'shop', UserPoolDomain: 'login' };
    const login = {
      Type: 'authenticate-cognito' as const,
      Order: 1,
      AuthenticateCognitoConfig: { ...pool, OnUnauthenticatedRequest },
    };
    elb.operations.ModifyListener.run({
      ListenerArn: listener,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: blue, Order: 2 }, login],
    });
    elb.operations.CreateRule.run({
      ListenerArn: listener,
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', Values: ['/own'] }],
      Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' }, Order: 2 }, login],
    });
    expect(get(`http://${dns}/own`)).toEqual({ status, seconds: 0 });
    expect(get(home)).toMatchObject({ status });
  });

  it('counts in the metrics of the load balancer and of the group', async () => {
    const { run, get, home, cloudwatch, loadBalancer, blue } = await openShop();
    const LoadBalancer = loadBalancer.split(':loadbalancer/')[1] ?? '';
    const requests = (dimensions: Readonly<Record<string, string>>) =>
      cloudwatch.operations.GetMetricStatistics.run({
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'RequestCount',
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        StartTime: new Date(START),
        EndTime: new Date(START + 3_600_000),
        Period: 60,
        Statistics: ['Sum'],
      }).Datapoints?.map(({ Sum }) => Sum);
    for (let sent = 0; sent < 7; sent++) get(home);
    await run(120);
    expect(requests({ LoadBalancer })).toEqual([7]);
    expect(requests({ TargetGroup: blue.split(':').at(-1) ?? '', LoadBalancer })).toEqual([7]);
  });

  it('changes no chance of the users', async () => {
    const history = async (gets: number) => {
      const { elb, backends, behave, point, run, home, ...shop } = await openShop();
      behave('blue', { errorRate: 0.3 });
      point(1, 1);
      const traffic = createTraffic(shop, { elb, backends, metrics: { record: () => undefined } });
      for (let sent = 0; sent < gets; sent++) getFrom(traffic.sites, home);
      await run(30);
      return traffic.history();
    };
    expect(await history(5)).toEqual(await history(0));
  });
});

describe('a host name', () => {
  it('of a load balancer has one address for each zone, in any order', async () => {
    const { traffic, dns } = await openShop();
    const answers = Array.from({ length: 20 }, () => traffic.sites.resolve(dns) ?? []);
    const orders = new Set(answers.map((addresses) => addresses.join(' ')));
    expect(orders).toEqual(new Set(['3ffe::1:1 3ffe::1:2', '3ffe::1:2 3ffe::1:1']));
  });

  it('of an internal load balancer has private addresses', async () => {
    const { traffic, elb } = await openShop();
    const { LoadBalancers } = elb.operations.CreateLoadBalancer.run({ Name: 'back', Scheme: 'internal' });
    const addresses = traffic.sites.resolve(LoadBalancers?.[0]?.DNSName ?? '') ?? [];
    expect(addresses.toSorted()).toEqual(['10.0.1.4', '10.0.1.5']);
  });

  it.each(['shop.example.com', 'www.example.com'])('%s leads to the load balancer', async (host) => {
    const { get } = await openShop();
    expect(get(`http://${host}/`)).toEqual({ status: 200, seconds: 0.1 });
  });

  it('is what rules see', async () => {
    const { get, home, elb, listener, green } = await openShop();
    elb.operations.CreateRule.run({
      ListenerArn: listener,
      Priority: 1,
      Conditions: [{ Field: 'host-header', Values: ['shop.example.com'] }],
      Actions: [{ Type: 'forward', TargetGroupArn: green }],
    });
    expect(get('http://shop.example.com/')).toMatchObject({ seconds: 0.7 });
    expect(get(home)).toMatchObject({ seconds: 0.1 });
  });

  it('that the world does not know, or that is a Network Load Balancer’s, has no answer', async () => {
    const { traffic, elb } = await openShop();
    const { LoadBalancers } = elb.operations.CreateLoadBalancer.run({ Name: 'net', Type: 'network' });
    expect(traffic.sites.resolve('elsewhere.example')).toBeNull();
    expect(traffic.sites.resolve(LoadBalancers?.[0]?.DNSName ?? '')).toBeNull();
    expect(traffic.sites.visit('127.0.0.1', new URL('http://127.0.0.1/'))).toBeNull();
  });
});
