import { describe, expect, it } from 'vitest';
import { ofEither } from '../../world/lattice/instance-groups.ts';
import { HEALTHY } from './elb-shop.ts';
import { LatticeWorld } from './lattice-world.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `more-${index}`);

describe('an action of a listener', () => {
  it('is shown at once, with the weights that were set', () => {
    const world = new LatticeWorld();
    world.weigh({ blue: 90, green: 10 });
    expect(world.weights()).toEqual({ blue: 90, green: 10 });
  });

  it('gives a single group without a weight 100', () => {
    const world = new LatticeWorld();
    const targetGroups = [{ targetGroupIdentifier: world.groups['green'] }];
    world.call('UpdateListener', { ...world.keys, defaultAction: { forward: { targetGroups } } });
    expect(world.weights()).toEqual({ green: 100 });
  });

  it.each([
    ['a weight above 999', { blue: 1000 }],
    ['a weight below 0', { blue: -1 }],
    ['a weight that is no whole number', { blue: 0.5 }],
  ])('with %s is refused', (_, weights) => {
    const world = new LatticeWorld();
    const update = { ...world.keys, defaultAction: world.action(weights) };
    expect(world.refusal('UpdateListener', update)).toBe('ValidationException');
    expect(world.weights()).toEqual({ blue: 100 });
  });

  it('with eleven groups is refused, and with ten not', () => {
    const world = new LatticeWorld();
    for (const name of ids(11)) world.open(name, 0);
    const of = (count: number) => world.action(Object.fromEntries(ids(count).map((name) => [name, 1])));
    expect(world.refusal('UpdateListener', { ...world.keys, defaultAction: of(11) })).toBe(
      'ValidationException',
    );
    expect(world.refusal('UpdateListener', { ...world.keys, defaultAction: of(10) })).toBeNull();
  });

  it('with both members of the union, or without one, is refused', () => {
    const world = new LatticeWorld();
    const both = { ...world.action({ blue: 1 }), fixedResponse: { statusCode: 404 } };
    for (const defaultAction of [both, {}])
      expect(world.refusal('UpdateListener', { ...world.keys, defaultAction })).toBe('ValidationException');
  });

  it('with a group that is gone, or could not be created, is refused', () => {
    const world = new LatticeWorld();
    const refusal = () =>
      world.refusal('UpdateListener', { ...world.keys, defaultAction: world.action({ green: 1 }) });
    world.lattice.failCreation(world.groups['green']!);
    expect(refusal()).toBe('ConflictException');
    const targets = [{ id: 'green-0' }, { id: 'green-1' }];
    world.call('DeregisterTargets', { targetGroupIdentifier: world.groups['green'], targets });
    world.call('DeleteTargetGroup', { targetGroupIdentifier: world.groups['green'] });
    expect(refusal()).toBe('ResourceNotFoundException');
  });
});

describe('a rule', () => {
  it('keeps match and priority where they are left out', () => {
    const world = new LatticeWorld();
    const ruleIdentifier = world.addRule('cart', { blue: 100 });
    const before = world.call('GetRule', { ...world.keys, ruleIdentifier });
    world.call('UpdateRule', { ...world.keys, ruleIdentifier, action: world.action({ green: 1 }) });
    const after = world.call('GetRule', { ...world.keys, ruleIdentifier });
    expect(world.weightsIn(after.action)).toEqual({ green: 1 });
    expect([after.match, after.priority]).toEqual([before.match, before.priority]);
  });

  it('that is the default one is listed, and only UpdateListener changes it', () => {
    const world = new LatticeWorld();
    const [rule] = world.call('ListRules', world.keys).items!;
    expect(rule).toMatchObject({ isDefault: true });
    const update = { ...world.keys, ruleIdentifier: rule!.id, action: world.action({ green: 1 }) };
    expect(world.refusal('UpdateRule', update)).toBe('ValidationException');
  });

  it('needs a priority of its own, and a listener takes ten', () => {
    const world = new LatticeWorld();
    const match = { httpMatch: { method: 'GET' } };
    const rule = (priority: number) => ({
      ...{ ...world.keys, name: `r${priority}`, match, priority, action: world.action({ blue: 1 }) },
    });
    for (let priority = 1; priority <= 10; priority++) {
      expect(world.refusal('CreateRule', rule(priority))).toBeNull();
      if (priority === 1) expect(world.refusal('CreateRule', rule(1))).toBe('ConflictException');
    }
    expect(world.refusal('CreateRule', rule(11))).toBe('ServiceQuotaExceededException');
  });

  it('asks IAM for the tags of the rule, not of its listener', () => {
    const world = new LatticeWorld({ lastgood: 'auto' });
    const ruleIdentifier = world.addRule('cart', { blue: 100 });
    const input = { ...world.keys, ruleIdentifier, action: world.action({ green: 1 }) };
    const [access] = world.lattice.operations['UpdateRule']!.authorize(input as never);
    expect(access).toMatchObject({
      action: 'vpc-lattice:UpdateRule',
      resource: `arn:aws:vpc-lattice:eu-west-1:111122223333:service/${world.service}/listener/${world.listener}/rule/${ruleIdentifier}`,
      tags: {},
    });
    expect(access?.conditions?.['vpc-lattice:TargetGroupArns']).toEqual([
      `arn:aws:vpc-lattice:eu-west-1:111122223333:targetgroup/${world.groups['green']!}`,
    ]);
  });
});

describe('a target', () => {
  it('is UNUSED in a group that no rule names, and checked at weight 0', async () => {
    const world = new LatticeWorld();
    await world.pass(60);
    expect([world.statuses('blue'), world.statuses('green')]).toEqual([
      ['HEALTHY', 'HEALTHY'],
      ['UNUSED', 'UNUSED'],
    ]);
    world.weigh({ blue: 100, green: 0 });
    expect(world.statuses('green')).toEqual(['INITIAL', 'INITIAL']);
    await world.pass(20);
    expect(world.statuses('green')).toEqual(['HEALTHY', 'HEALTHY']);
  });

  it('is UNHEALTHY after failed checks, and HEALTHY again after passed ones', async () => {
    const world = new LatticeWorld();
    await world.pass(20);
    world.behaviours.set('blue-0', { ...HEALTHY, health: 'fails' });
    await world.pass(25);
    expect(world.statuses('blue')).toEqual(['UNHEALTHY', 'HEALTHY']);
    world.behaviours.set('blue-0', HEALTHY);
    await world.pass(25);
    expect(world.statuses('blue')).toEqual(['HEALTHY', 'HEALTHY']);
  });

  it('drains before it is gone', async () => {
    const world = new LatticeWorld();
    const targetGroupIdentifier = world.groups['blue'];
    world.call('DeregisterTargets', { targetGroupIdentifier, targets: [{ id: 'blue-0' }] });
    expect(world.statuses('blue')).toEqual(['DRAINING', 'INITIAL']);
    await world.pass(301);
    expect(world.statuses('blue')).toHaveLength(1);
  });

  it('is UNAVAILABLE without health checks: a function, a load balancer, HTTP2, or switched off', () => {
    const world = new LatticeWorld();
    world.open('function', 1, 'LAMBDA');
    world.open('balancer', 1, 'ALB');
    const config = { port: 80, protocol: 'HTTP', protocolVersion: 'HTTP2' };
    world.groups['two'] = world.call('CreateTargetGroup', { name: 'shop-two', type: 'IP', config }).id!;
    world.register('two', 1);
    const off = { targetGroupIdentifier: world.groups['green'], healthCheck: { enabled: false } };
    world.call('UpdateTargetGroup', off);
    const names = ['function', 'balancer', 'two', 'green'];
    world.weigh(Object.fromEntries(names.map((name) => [name, 1])));
    for (const name of names) expect(world.statuses(name)[0]).toBe('UNAVAILABLE');
    const on = { targetGroupIdentifier: world.groups['balancer'], healthCheck: { enabled: true } };
    expect(world.refusal('UpdateTargetGroup', on)).toBe('ValidationException');
  });

  it('is the only one of a group of functions', () => {
    const world = new LatticeWorld();
    world.open('function', 1, 'LAMBDA');
    const input = { targetGroupIdentifier: world.groups['function'], targets: [{ id: 'another' }] };
    expect(world.refusal('RegisterTargets', input)).toBe('ValidationException');
  });
});

describe('a target group', () => {
  it('names the services that use it, and cannot be deleted while in use', () => {
    const world = new LatticeWorld();
    const input = { targetGroupIdentifier: world.groups['blue'] };
    expect(world.call('GetTargetGroup', input).serviceArns).toEqual([
      `arn:aws:vpc-lattice:eu-west-1:111122223333:service/${world.service}`,
    ]);
    expect(world.refusal('DeleteTargetGroup', input)).toBe('ConflictException');
  });
});

describe('the target groups of Auto Scaling', () => {
  it('register instances at the port of the group, and show their states', async () => {
    const world = new LatticeWorld();
    const { targetGroups } = world.lattice;
    const arn = world.call('GetTargetGroup', { targetGroupIdentifier: world.groups['blue'] }).arn!;
    const target = { id: 'i-0a1b2c3d', port: targetGroups.port(arn) };
    expect(targetGroups.state(arn, target)).toBeNull();
    world.behaviours.set(target.id, HEALTHY);
    targetGroups.register(arn, target);
    expect([target.port, targetGroups.state(arn, target)]).toEqual([8080, 'initial']);
    await world.pass(20);
    expect(targetGroups.state(arn, target)).toBe('healthy');
    targetGroups.deregister(arn, target);
    expect(targetGroups.state(arn, target)).toBe('draining');
  });

  it('are found by their ARNs beside those of load balancers', () => {
    const world = new LatticeWorld();
    const arn = world.call('GetTargetGroup', { targetGroupIdentifier: world.groups['blue'] }).arn!;
    const others = { ...world.lattice.targetGroups, port: () => 1 };
    const either = ofEither(world.lattice.targetGroups, others);
    expect([either.port(arn), either.port('arn:aws:elasticloadbalancing:…')]).toEqual([8080, 1]);
  });
});

describe('tags', () => {
  it('are set, read and removed by ARN', () => {
    const world = new LatticeWorld();
    const resourceArn = world.call('GetListener', world.keys).arn!;
    world.call('TagResource', { resourceArn, tags: { team: 'shop' } });
    world.call('UntagResource', { resourceArn, tagKeys: ['lastgood'] });
    expect(world.call('ListTagsForResource', { resourceArn }).tags).toEqual({ team: 'shop' });
    expect(world.lattice.tagged()).toContainEqual({ arn: resourceArn, tags: { team: 'shop' } });
    const gone = { resourceArn: `${resourceArn}0` };
    expect(world.refusal('ListTagsForResource', gone)).toBe('ResourceNotFoundException');
  });
});

describe('requests of users', () => {
  const BAD = { ...HEALTHY, errorRate: 1 };
  const serve = (world: LatticeWorld) => {
    const answers = world.lattice.users.serve(100, world.clock.now());
    const count = (status: number) =>
      answers.filter((each) => each.status === status).reduce((sum, each) => sum + each.count, 0);
    return { served: count(200), failed: count(500), unavailable: count(503) };
  };

  it('come once a target can answer, and meet a change of weights within 90 seconds', async () => {
    const world = new LatticeWorld();
    expect(serve(world)).toEqual({ served: 0, failed: 0, unavailable: 0 });
    world.weigh({ blue: 100, green: 0 });
    await world.pass(120);
    for (const id of ['green-0', 'green-1']) world.behaviours.set(id, BAD);
    expect(serve(world)).toMatchObject({ served: 100 });
    world.weigh({ blue: 0, green: 100 });
    await world.pass(15);
    expect(serve(world)).toMatchObject({ served: 100 });
    await world.pass(76);
    expect(serve(world)).toMatchObject({ failed: 100 });
  });

  it('are divided by weight, and evenly between the rules', async () => {
    const world = new LatticeWorld();
    for (const id of ['green-0', 'green-1']) world.behaviours.set(id, BAD);
    world.addRule('cart', { green: 1 });
    await world.pass(60);
    expect(serve(world)).toEqual({ served: 50, failed: 50, unavailable: 0 });
    world.weigh({ blue: 50, green: 50 });
    await world.pass(91);
    const { served, failed } = serve(world);
    expect(served).toBeGreaterThan(10);
    expect(served).toBeLessThan(40);
    expect(failed).toBe(100 - served);
  });

  it('get 503 where no target is healthy', async () => {
    const world = new LatticeWorld();
    await world.pass(20);
    serve(world);
    for (const id of ['blue-0', 'blue-1']) world.behaviours.set(id, { ...HEALTHY, health: 'fails' });
    await world.pass(30);
    expect(serve(world)).toMatchObject({ unavailable: 100 });
  });

  it('are measured by service and by target group, each minute', async () => {
    const world = new LatticeWorld();
    await world.pass(61);
    for (const id of ['blue-0', 'blue-1']) world.behaviours.set(id, BAD);
    serve(world);
    await world.pass(60);
    serve(world);
    await world.pass(60);
    const found = (name: string) =>
      world.measured
        .filter((one) => one.name === name)
        .map(({ dimensions, value }) => ({ dimensions, value }));
    for (const name of ['TotalRequestCount', 'HTTPCode_5XX_Count'])
      expect(found(name)).toEqual([
        { dimensions: { Service: world.service }, value: 100 },
        { dimensions: { TargetGroup: world.groups['blue'] }, value: 100 },
      ]);
    expect(found('HTTPCode_2XX_Count')).toEqual([]);
  });

  it('report a move of traffic to a group without healthy targets', async () => {
    const world = new LatticeWorld();
    world.weigh({ blue: 100, green: 0 });
    for (const id of ['green-0', 'green-1']) world.behaviours.set(id, { ...HEALTHY, health: 'fails' });
    await world.pass(60);
    serve(world);
    world.weigh({ green: 100, blue: 0 });
    serve(world);
    expect(world.lattice.users.violations()).toHaveLength(1);
  });
});
