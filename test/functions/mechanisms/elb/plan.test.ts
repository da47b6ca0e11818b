import { describe, expect, test } from 'vitest';
import type { Claimed } from '../../../../src/rollback/document.ts';
import { planHash } from '../../../../src/approvals/plan-hash.ts';
import { after } from '../../../../src/rollback/time.ts';
import { planned, wanted, withWay } from '../../../contract/walk.ts';
import { openListener, PROVEN_SINCE, SINCE, type OpenListener } from './listener.ts';

const plan = ({ mechanism, target }: OpenListener, more: Partial<Claimed['request']> = {}) =>
  mechanism.plan(wanted(target, more));

describe('the plan', () => {
  test('goes from the present division to the newest proven one, by the weights', async () => {
    const shop = await openListener(0, 100);
    const from = shop.observe(SINCE, 0, 100);
    expect(await plan(shop)).toMatchObject({
      state: 'ready',
      source: 'ledger',
      tags: { lastgood: 'auto' },
      from: { id: from, name: 'green' },
      to: { id: shop.idOf(PROVEN_SINCE, 1, 0), name: 'blue' },
      rungs: [{ name: 'weights', does: 'send the traffic to blue again' }],
      watch: { targetGroups: [{ arn: shop.blue, wanted: 4 }] },
      deployment: { id: from, state: 'completed', finishedAt: SINCE, isRollback: false },
    });
  });

  test('watches the alarm that fired and those that the tags name', async () => {
    const shop = await openListener(0, 100);
    shop.tag(shop.listener, { 'lastgood:alarms': 'slow', 'lastgood:probe': 'https://shop.example.com/' });
    shop.observe(SINCE, 0, 100);
    const trigger = { type: 'alarm', id: 'red 1', at: after(SINCE, 180), alarm: 'red' } as const;
    expect(await plan(shop, { trigger })).toMatchObject({
      watch: { alarms: ['slow', 'red'], probes: ['https://shop.example.com/'] },
    });
  });

  test('dates a rollout from its first step, however many steps it had', async () => {
    const shop = await openListener(1, 1);
    shop.observe('2026-11-22T01:30:00.000Z', 9, 1);
    shop.observe('2026-11-22T01:40:00.000Z', 3, 1);
    shop.observe(SINCE, 1, 1);
    const { deployment } = await plan(shop);
    expect(deployment).toMatchObject({ state: 'in-flight', startedAt: '2026-11-22T01:29:00.000Z' });
    expect(deployment).not.toHaveProperty('finishedAt');
  });

  test('dates an unobserved division after its last record, where no sight is known', async () => {
    const shop = await openListener(0, 100);
    const { since } = wanted(shop.target);
    const startedAt = '2026-11-22T03:59:00.000Z';
    expect(await plan(shop)).toMatchObject({
      deployment: { startedAt, finishedAt: since, sights: { notBefore: PROVEN_SINCE, seenAt: since } },
    });
  });

  test('is the same before and after the sweep observed the switch', async () => {
    const shop = await openListener(0, 100);
    const before = withWay(await plan(shop));
    shop.observe(after(before.deployment!.finishedAt!, 40), 0, 1);
    const seen = withWay(await plan(shop));
    expect(seen.from.id).not.toBe(before.from.id);
    expect(planHash(seen)).toBe(planHash(before));
  });

  test('recognises by its id a division that was condemned before the sweep observed it: it is not proven or brought back', async () => {
    const shop = await openListener(0, 100);
    const { from, deployment } = withWay(await plan(shop));
    const since = deployment!.finishedAt!;
    const observed = shop.observe(after(since, 40), 0, 1);
    shop.ledger.condemn(from.id, after(since, 300));
    expect(await plan(shop)).toMatchObject({ from, deployment: { isRollback: false } });
    shop.ledger.prove(observed, after(since, 40));
    shop.weigh(100, 0);
    shop.observe(after(since, 3600), 1, 0);
    expect(await plan(shop)).toMatchObject({ state: 'no-way-back' });
  });

  test('recognises a way back by the division that was condemned after it', async () => {
    const shop = await openListener(100, 0);
    shop.observe(SINCE, 1, 0);
    shop.ledger.condemn(shop.idOf('2026-11-22T01:00:00.000Z', 0, 1), '2026-11-22T01:55:00.000Z');
    expect(await plan(shop)).toMatchObject({ deployment: { isRollback: true } });
  });

  test('does not condemn green for ever because it was bad once', async () => {
    const shop = await openListener(100, 0);
    shop.ledger.condemn(shop.idOf('2026-11-22T00:10:00.000Z', 0, 1), '2026-11-22T00:20:00.000Z');
    shop.ledger.prove(shop.idOf('2026-11-22T01:00:00.000Z', 0, 1), '2026-11-22T01:00:00.000Z');
    shop.observe(SINCE, 1, 0);
    expect(await plan(shop)).toMatchObject({ state: 'ready', to: { name: 'green' } });
  });

  test('says so if the present division is the only proven one', async () => {
    const shop = await openListener(100, 0);
    expect(await plan(shop)).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('one, blue, is proven') as string,
    });
  });

  test('accepts requested weights without an instant', async () => {
    const shop = await openListener(0, 100);
    const revision = shop.idOf(SINCE, 1, 0).split(' since ')[0]!;
    expect(await plan(shop, { revision })).toMatchObject({
      source: 'request',
      to: { id: revision, name: 'blue' },
    });
  });

  test('carries the barrier of the group that loses its traffic', async () => {
    const shop = await openListener(0, 100);
    shop.tag(shop.green, { 'lastgood:irreversible': 'schema 7' });
    shop.tag(shop.blue, { team: 'shop' });
    expect(await plan(shop)).toMatchObject({ fromTags: { 'lastgood:irreversible': 'schema 7' } });
  });
});

describe('weights are proven with the revisions behind them', () => {
  const LATER = '2026-11-22T01:00:00.000Z';

  /** Blue was proven with one release. Green has the traffic, and blue runs another release now. */
  async function replaced() {
    const shop = await openListener(0, 100);
    shop.ledger.list.length = 0;
    shop.stands(shop.blue, 'lt-blue:1');
    shop.ledger.prove(shop.idOf(PROVEN_SINCE, 1, 0));
    shop.stands(shop.green, 'lt-green:1');
    shop.observe(SINCE, 0, 1);
    shop.stands(shop.blue, 'lt-blue:2');
    return shop;
  }

  test('and are passed over with another revision behind them', async () => {
    const shop = await replaced();
    expect(await plan(shop)).toMatchObject({
      state: 'no-way-back',
      reason: 'cannot go back to blue: blue no longer runs the proven revision',
    });
    shop.stands(shop.blue, 'lt-blue:1');
    expect(await plan(shop)).toMatchObject({ state: 'ready', to: { name: 'blue' } });
  });

  test('and older ones are taken if their revision is there again', async () => {
    const shop = await replaced();
    shop.ledger.prove(shop.idOf(LATER, 1, 0), LATER);
    shop.stands(shop.blue, 'lt-blue:1');
    expect(await plan(shop)).toMatchObject({
      state: 'ready',
      to: { id: shop.idOf(PROVEN_SINCE, 1, 0) },
      notes: ['cannot go back to blue: blue no longer runs the proven revision'],
    });
  });

  test('and a request takes them as they are', async () => {
    const shop = await replaced();
    shop.stands(shop.blue, 'lt-blue:1');
    const revision = shop.idOf(PROVEN_SINCE, 1, 0);
    shop.stands(shop.blue, 'lt-blue:2');
    expect(await plan(shop, { revision })).toMatchObject({ state: 'ready', source: 'request' });
    const document = await planned(shop.mechanism, shop.target, { revision });
    expect(await shop.mechanism.revert(document)).toMatchObject({ state: 'started' });
  });

  test('and stay condemned with them, though proven again', async () => {
    const shop = await replaced();
    shop.stands(shop.blue, 'lt-blue:1');
    const id = shop.idOf('2026-11-21T10:00:00.000Z', 1, 0);
    shop.ledger.condemn(id, '2026-11-21T11:00:00.000Z');
    expect(await plan(shop)).toMatchObject({ state: 'no-way-back' });
  });

  test('the plan says so if AWS does not show the revisions', async () => {
    const shop = await openListener(0, 100);
    shop.observe(SINCE, 0, 1);
    expect(await plan(shop)).toMatchObject({
      state: 'ready',
      to: { name: 'blue' },
      notes: [
        'it is unknown whether blue still runs the proven revision: AWS does not show what its targets run',
      ],
    });
  });

  test('without the revisions, weights that were at fault since are passed over', async () => {
    const shop = await openListener(0, 100);
    shop.ledger.condemn(shop.idOf(LATER, 1, 0), '2026-11-22T01:10:00.000Z');
    shop.observe(SINCE, 0, 1);
    expect(await plan(shop)).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining(
        'blue: it was at fault after it was proven, and it is unknown whether',
      ) as string,
    });
  });

  test('a new release behind the serving side is a deployment', async () => {
    const shop = await openListener(100, 0);
    shop.ledger.list.length = 0;
    shop.stands(shop.blue, 'lt-blue:1');
    shop.ledger.prove(shop.idOf(PROVEN_SINCE, 1, 0));
    shop.stands(shop.blue, 'lt-blue:2');
    const { recent, meters } = await plan(shop);
    expect(recent).toMatchObject([{ startedAt: '2026-11-22T03:59:00.000Z' }, { isProven: true }]);
    expect(recent?.[0]?.content).not.toBe(recent?.[1]?.content);
    expect(meters).toHaveLength(4);
    expect(meters?.every(({ revision }) => revision === undefined)).toBe(true);
  });

  /** Makes three releases; an alarm that fired after the third accuses the second. */
  async function alarmed(then: (shop: OpenListener) => void) {
    const shop = await openListener(0, 100);
    shop.ledger.list.length = 0;
    then(shop);
    const onset = { at: LATER, until: after(LATER, 60) };
    const trigger = { type: 'alarm', id: 'x', at: after(LATER, 180), alarm: 'red', onset } as const;
    return { shop, planned: await plan(shop, { trigger }) };
  }

  test('weights that may be the suspect are no way back', async () => {
    const { planned } = await alarmed((shop) => {
      shop.ledger.prove(shop.idOf(PROVEN_SINCE, 1, 0));
      shop.stands(shop.green, 'lt-green:1');
      shop.observe(after(PROVEN_SINCE, 1200), 0, 1);
      shop.stands(shop.blue, 'lt-blue:2');
      shop.observe(LATER, 1, 0);
      shop.observe(after(LATER, 120), 0, 1);
    });
    expect(planned).toMatchObject({
      state: 'nothing-to-do',
      reason: 'green is back already: it replaced blue',
    });
  });

  test('a division that was proven after the suspect is no way back', async () => {
    const { planned } = await alarmed((shop) => {
      shop.stands(shop.blue, 'lt-blue:1');
      shop.ledger.prove(shop.idOf(PROVEN_SINCE, 1, 0), PROVEN_SINCE);
      shop.stands(shop.green, 'lt-green:1');
      shop.observe(LATER, 0, 1);
      shop.stands(shop.blue, 'lt-blue:2');
      shop.ledger.prove(shop.idOf(after(LATER, 120), 1, 0), after(LATER, 120));
      shop.stands(shop.green, 'lt-green:2');
      shop.observe(after(LATER, 600), 0, 1);
    });
    expect(planned).toMatchObject({
      state: 'no-way-back',
      suspect: { name: 'green' },
      reason:
        'green replaced green, which ran when the harm began, and nothing proven before that can be gone back to; cannot go back to blue: blue no longer runs the proven revision',
    });
  });

  test('a division that was recorded without its revisions is the same deployment as one that shows them', async () => {
    const shop = await openListener(100, 0);
    const bare = shop.idOf(PROVEN_SINCE, 1, 0);
    shop.stands(shop.blue, 'lt-blue:1');
    expect((await plan(shop)).recent).toMatchObject([{ id: bare, isProven: true }]);
    const id = shop.observe(SINCE, 1, 0);
    const { recent } = await plan(shop);
    expect(recent).toMatchObject([{ id, startedAt: '2026-11-21T23:59:00.000Z', isProven: true }]);
  });
});

describe('the meters', () => {
  const side = (group: string) => ({ TargetGroup: group.split(':').at(-1) });

  test('cover each side, by the revision that it carried', async () => {
    const shop = await openListener(1, 1);
    const from = shop.observe(SINCE, 1, 1);
    const { meters = [] } = await plan(shop);
    expect(meters.map(({ metric, dimensions, revision }) => [metric, dimensions, revision])).toEqual([
      ...['requests', 'errors', 'latency', 'healthyHosts'].map((one) => [one, side(shop.green), from]),
      ...['requests', 'errors', 'latency', 'healthyHosts'].map((one) => [
        one,
        side(shop.blue),
        shop.idOf(PROVEN_SINCE, 1, 0),
      ]),
    ]);
    expect(meters[0]).toMatchObject({ namespace: 'AWS/ApplicationELB', name: 'RequestCount', stat: 'Sum' });
  });

  test('are empty if no deployment is known', async () => {
    const shop = await openListener(100, 0);
    shop.ledger.list.length = 0;
    expect(await plan(shop)).toMatchObject({ meters: [], recent: [] });
  });
});

describe('the reads of a plan', () => {
  const read = ({ calls }: OpenListener) => calls.filter((operation) => operation.startsWith('Describe'));

  test('are the listener and the targets of the group that is to lose its traffic', async () => {
    const shop = await openListener(0, 100);
    await plan(shop);
    expect(read(shop)).toEqual(['DescribeListeners', 'DescribeTargetHealth']);
  });

  test('are those of a canary too: Revert reads the side that gets the rest', async () => {
    const shop = await openListener(9, 1);
    shop.register(shop.blue, 2);
    const { memo } = withWay(await plan(shop));
    expect(read(shop)).toEqual(['DescribeListeners', 'DescribeTargetHealth']);
    expect(memo).toMatchObject({ needed: 4 });
  });

  /** Blue was proven with a release that is still behind it, in the Auto Scaling group of its tag. */
  async function tagged(...from: readonly string[]) {
    const shop = await openListener(0, 100);
    shop.ledger.list.length = 0;
    shop.stands(shop.blue, 'lt-blue:1');
    shop.ledger.prove(shop.idOf(PROVEN_SINCE, 1, 0));
    shop.tag(shop.blue, { 'lastgood:group': 'web-blue' });
    const launched = { targetGroups: [shop.blue], from };
    shop.fleets.groups.set('web-blue', { desired: 4, max: 8, isOptedIn: true, launched });
    return shop;
  }

  test('leave out the targets of a group whose tag names an Auto Scaling group with the proven release', async () => {
    const shop = await tagged('lt-blue:1');
    const made = await plan(shop);
    expect(made).toMatchObject({ state: 'ready', to: { name: 'blue' } });
    expect(made).not.toHaveProperty('notes');
    expect(read(shop)).toEqual(['DescribeListeners', 'DescribeTargetHealth']);
  });

  test('are the targets too where that Auto Scaling group runs another release', async () => {
    const shop = await tagged('lt-blue:2');
    expect(await plan(shop)).toMatchObject({ state: 'ready', to: { name: 'blue' } });
    shop.stands(shop.blue, 'lt-blue:2');
    expect(await plan(shop)).toMatchObject({
      state: 'no-way-back',
      reason: 'cannot go back to blue: blue no longer runs the proven revision',
    });
    expect(read(shop).slice(0, 3)).toEqual([
      'DescribeListeners',
      'DescribeTargetHealth',
      'DescribeTargetHealth',
    ]);
  });

  test('are none behind a side if nothing else was ever proven', async () => {
    const shop = await openListener(100, 0);
    await plan(shop);
    expect(read(shop)).toEqual(['DescribeListeners']);
  });
});

describe('a side that cannot carry the traffic', () => {
  async function shrunk() {
    const shop = await openListener(0, 100);
    for (const id of [...shop.behaviours.keys()].filter((name) => name.startsWith('blue')).slice(0, 3))
      shop.behaviours.delete(id);
    await shop.run(60);
    return shop;
  }

  test('grows first, if its tag names the Auto Scaling group', async () => {
    const shop = await shrunk();
    shop.tag(shop.blue, { 'lastgood:group': 'web-blue' });
    shop.fleets.groups.set('web-blue', { desired: 1, max: 8, isOptedIn: true });
    const planned = await plan(shop);
    expect(planned).toMatchObject({
      rungs: [{ does: 'grow web-blue behind blue to 4, then send the traffic to blue again' }],
    });
  });

  test.each([
    ['has no tag lastgood=auto', { desired: 1, max: 8, isOptedIn: false }],
    ['may have at most 2 instances, and 4 are needed', { desired: 1, max: 2, isOptedIn: true }],
    [
      'brings no targets with suspended processes (Launch, AddToLoadBalancer)',
      { desired: 1, max: 8, isOptedIn: true, suspended: ['Terminate', 'AddToLoadBalancer', 'Launch'] },
    ],
  ])('is no way back: %s', async (reason, fleet) => {
    const shop = await shrunk();
    shop.tag(shop.blue, { 'lastgood:group': 'web-blue' });
    shop.fleets.groups.set('web-blue', fleet);
    const planned = await plan(shop);
    expect(planned.state).toBe('no-way-back');
    expect(planned).toHaveProperty('reason', expect.stringContaining(reason));
  });

  test('is no way back if its health is unknown', async () => {
    const shop = await openListener(0, 100);
    shop.forwardTo(shop.green);
    expect(await plan(shop)).toMatchObject({ state: 'no-way-back' });
    expect(await plan(shop)).toHaveProperty(
      'reason',
      expect.stringContaining('the health of blue is unknown'),
    );
  });
});

describe('a side that is not attached', () => {
  const reason = (text: string) => ({
    state: 'no-way-back',
    reason: expect.stringContaining(text) as string,
  });

  /** Detaches blue from green's listener, and removes this many of its targets. */
  async function detached(without: number) {
    const shop = await openListener(0, 100);
    shop.tag(shop.blue, { 'lastgood:group': 'web-blue' });
    shop.fleets.groups.set('web-blue', { desired: 1, max: 8, isOptedIn: true });
    for (const id of [...shop.behaviours.keys()].filter((name) => name.startsWith('blue')).slice(0, without))
      shop.elb.deregister(shop.blue, { id, port: 8080 });
    shop.forwardTo(shop.green);
    return shop;
  }

  test('and is empty is no way back, whatever its tags say: new targets might not be checked', async () => {
    const shop = await detached(4);
    await shop.run(600);
    expect(await plan(shop)).toMatchObject(reason('new targets might not be checked'));
  });

  test('grows by its own tag, if another listener has its targets checked', async () => {
    const shop = await detached(3);
    shop.elb.operations.CreateListener.run({
      ...{ LoadBalancerArn: shop.loadBalancer, Port: 8443, Protocol: 'HTTP' },
      DefaultActions: [{ Type: 'forward', TargetGroupArn: shop.blue }],
    });
    await shop.run(600);
    expect(await plan(shop)).toMatchObject({
      state: 'ready',
      rungs: [{ does: 'grow web-blue behind blue to 4, then send the traffic to blue again' }],
    });
  });
});

describe('a target that another owner controls', () => {
  const unsupported = (shop: OpenListener, target = shop.target) =>
    shop.mechanism.plan(wanted(target)).then(
      () => 'planned',
      (error: unknown) => (error as Error).name + ': ' + (error as Error).message.slice(target.length + 2),
    );

  test('belongs to the target that the tag of its target groups names', async () => {
    const shop = await openListener(0, 100);
    shop.tag(shop.green, { 'lastgood:target': 'ecs:prod/checkout' });
    expect(await unsupported(shop)).toBe(
      'UnsupportedTarget: green belongs to ecs:prod/checkout, by its tag lastgood:target: roll that back instead',
    );
  });

  test.each([
    [{ 'elbv2.k8s.aws/cluster': 'prod' }, 'a manifest of cluster prod'],
    [
      { 'elbv2.k8s.aws/cluster': 'prod', 'ingress.k8s.aws/stack': 'shop/checkout' },
      'ingress shop/checkout of cluster prod',
    ],
    [{ 'service.k8s.aws/stack': 'shop/checkout' }, 'service shop/checkout'],
    [
      { 'gateway.k8s.aws.alb/stack': 'shop/web', 'elbv2.k8s.aws/cluster': 'prod' },
      'gateway shop/web of cluster prod',
    ],
    [{ 'ingress.k8s.aws/cluster': 'old' }, 'a manifest of cluster old'],
  ])('belongs to the AWS Load Balancer Controller if it has its tags: %j', async (tags, manifest) => {
    for (const arn of ['listener', 'green'] as const) {
      const shop = await openListener(0, 100);
      shop.tag(shop[arn], tags);
      expect(await unsupported(shop)).toBe(
        `UnsupportedTarget: the AWS Load Balancer Controller sets its weights from ${manifest}, by its tags, and restores them: change them there`,
      );
    }
  });

  test('is accepted if the tag names it', async () => {
    const shop = await openListener(0, 100);
    shop.tag(shop.green, { 'lastgood:target': `ecs:prod/checkout ${shop.target}` });
    expect(await unsupported(shop)).toBe('planned');
  });

  test('is a default rule, which only its listener can change', async () => {
    const shop = await openListener(0, 100);
    const { Rules } = shop.elb.operations.DescribeRules.run({ ListenerArn: shop.listener });
    expect(await unsupported(shop, `elb:${Rules![0]!.RuleArn!}`)).toContain('name that');
  });

  test('does not forward', async () => {
    const shop = await openListener(0, 100);
    shop.elb.operations.ModifyListener.run({
      ListenerArn: shop.listener,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }],
    });
    expect(await unsupported(shop)).toContain('does not forward');
  });
});
