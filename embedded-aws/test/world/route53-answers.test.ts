import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../world/random.ts';
import { eligible } from '../../world/route53/resolve.ts';
import { createDnsUsers } from '../../world/route53/users.ts';
import { ADDRESSES, GOOD, record, Route53World } from './route53-world.ts';

const QUERY = { name: 'www.example.com.', type: 'A' };

/** Counts each side's answers in a thousand queries. */
function answers(world: Route53World): Record<string, number> {
  const chance = new Random(7);
  const counts: Record<string, number> = {};
  for (let i = 0; i < 1000; i++) {
    const side = world.route53.query(QUERY, chance)?.SetIdentifier ?? 'nobody';
    counts[side] = (counts[side] ?? 0) + 1;
  }
  return counts;
}

async function weighed(...[weights, more]: Parameters<Route53World['weigh']>): Promise<Route53World> {
  const world = new Route53World();
  world.weigh(weights, more);
  await world.pass(60);
  return world;
}

describe('answers of the name servers', () => {
  it('are shared out by weight', async () => {
    const { blue = 0, green = 0 } = answers(await weighed({ blue: 3, green: 1 }));
    expect(blue / (blue + green)).toBeCloseTo(0.75, 1);
  });

  it('are shared out alike where every weight is 0', async () => {
    const { blue = 0, green = 0 } = answers(await weighed({ blue: 0, green: 0 }));
    expect(blue / (blue + green)).toBeCloseTo(0.5, 1);
  });

  it('never have a record with weight 0 beside a healthy one with weight', async () => {
    expect(answers(await weighed({ blue: 1, green: 0 }))).toEqual({ blue: 1000 });
  });

  it('are empty without such a record', () => {
    expect(answers(new Route53World())).toEqual({ nobody: 1000 });
  });

  it('turn to the records with weight 0 when all others are unhealthy', async () => {
    const world = new Route53World();
    const HealthCheckId = world.healthCheck(ADDRESSES.blue);
    world.upsert({ ...record('blue', 255), HealthCheckId }, record('green', 0));
    world.endpoints.put(ADDRESSES.blue, null);
    await world.pass(60);
    expect(answers(world)).toEqual({ green: 1000 });
  });

  it.each([
    [{ Disabled: true }, 'blue'],
    [{ Inverted: true }, 'green'],
    [{ Disabled: true, Inverted: true }, 'green'],
  ])('follow a health check of a good server that is %j', async (config, side) => {
    const world = await weighed({ blue: 1, green: 0 });
    const HealthCheckId = world.healthCheck(ADDRESSES.blue);
    world.upsert({ ...record('blue', 1), HealthCheckId });
    world.call('UpdateHealthCheck', { HealthCheckId, HealthCheckVersion: 1, ...config });
    await world.pass(60);
    expect(answers(world)).toEqual({ [side]: 1000 });
    expect(() => world.call('UpdateHealthCheck', { HealthCheckId, HealthCheckVersion: 1 })).toThrow(
      /version 2/,
    );
  });

  it('leave out an alias of a load balancer without healthy targets', async () => {
    const world = new Route53World();
    const AliasTarget = {
      HostedZoneId: 'Z1',
      DNSName: 'shop-1.eu-west-1.elb.amazonaws.com',
      EvaluateTargetHealth: true,
    };
    const { Name, Type, SetIdentifier, Weight } = record('blue', 255);
    world.upsert({ Name, Type, SetIdentifier, Weight, AliasTarget }, record('green', 1));
    world.balancers.set('shop-1.eu-west-1.elb.amazonaws.com.', false);
    await world.pass(60);
    expect(answers(world)).toEqual({ green: 1000 });
  });

  it('always come from some record, a healthy one if there is one', () => {
    const side = fc.record({ weight: fc.integer({ min: 0, max: 255 }), healthy: fc.boolean() });
    fc.assert(
      fc.property(fc.array(side, { minLength: 1, maxLength: 6 }), (sides) => {
        const group = sides.map(({ weight }, i) => ({ ...record('blue', weight), SetIdentifier: String(i) }));
        const isHealthy = ({ SetIdentifier }: { SetIdentifier?: string | undefined }) =>
          sides[Number(SetIdentifier)]!.healthy;
        const chosen = eligible(group, isHealthy);
        expect(chosen.length).toBeGreaterThan(0);
        if (sides.some(({ healthy }) => healthy)) expect(chosen.every(isHealthy)).toBe(true);
      }),
    );
  });
});

describe('users', () => {
  async function users(ttl = 30) {
    const world = await weighed({ blue: 255, green: 0 }, { TTL: ttl });
    const metrics = { record: () => undefined };
    const balancers = { isHealthy: () => null, target: () => null };
    const surroundings = { clock: world.clock, random: (name: string) => new Random(1, name) };
    const crowd = createDnsUsers(surroundings, {
      dns: world.route53,
      backends: world.endpoints,
      balancers,
      metrics,
    });
    const failing = () =>
      crowd
        .serve(500, world.clock.now())
        .filter(({ status }) => status !== 200)
        .reduce((sum, { count }) => sum + count, 0);
    return { world, crowd, failing };
  }

  it('go on using the old answer until the TTL is over', async () => {
    const { world, failing } = await users();
    expect(failing()).toBe(0);
    world.endpoints.put(ADDRESSES.green, { ...GOOD, errorRate: 1 });
    world.weigh({ blue: 0, green: 255 });
    expect(failing()).toBe(0);
    await world.pass(60);
    failing();
    await world.pass(31);
    expect(failing()).toBe(500);
  });

  it('see a move to what does not answer as a violation', async () => {
    const { world, crowd, failing } = await users();
    failing();
    world.endpoints.put(ADDRESSES.green, null);
    world.weigh({ blue: 128, green: 128 });
    await world.pass(60);
    failing();
    expect(crowd.violations()).toEqual([expect.stringContaining('moved 50 % to green')]);
  });
});
