import type {
  CreateTargetGroupOutput,
  DescribeListenersOutput,
  DescribeLoadBalancersOutput,
  DescribeRulesOutput,
  Listener,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { candidatesOf } from '../../../../../functions/mechanisms/ecs/external/candidates.ts';
import type { Sides } from '../../../../../functions/mechanisms/ecs/external/sides.ts';
import type { Survey } from '../../../../../functions/mechanisms/ecs/external/survey.ts';
import { openExternalShop, type ExternalShop } from '../../../../../local/scenarios/ecs/external-shop.ts';
import { TARGET } from '../../../../../local/scenarios/ecs/target.ts';
import { after } from '../../../../../src/rollback/time.ts';
import { mechanismOn, openWorld } from '../../../../contract/ecs-stage.ts';
import { planned, started, stopped, wanted } from '../../../../contract/walk.ts';
import { setBehind } from './task-sets.ts';

describe('the last known good', () => {
  const runs = (taskDefinition: string) =>
    setBehind('blue', { settings: { ...setBehind('blue').settings, taskDefinition } });
  const older = ['checkout:4', 'checkout:3', 'checkout:2'].map(runs);
  const sides = { atFault: runs('checkout:5'), older } as unknown as Sides;
  const of = (proven: readonly string[], unfit: readonly string[], requested?: string) =>
    candidatesOf(
      { proven } as unknown as Survey,
      sides,
      { isFit: (id) => !unfit.includes(id) },
      requested,
    ).map(({ taskDefinition, source }) => `${taskDefinition} ${source}`);

  it('is a proven revision, then one of an older task set, without duplicates and unfit ones', () => {
    expect(
      of(['checkout:5', 'checkout:3', 'checkout:1'], ['checkout:5', 'checkout:1', 'checkout:4']),
    ).toEqual(['checkout:3 ledger', 'checkout:2 deployments']);
  });

  it('is the requested revision, and no other', () => {
    expect(of(['checkout:3'], ['checkout:2'], 'checkout:2')).toEqual(['checkout:2 request']);
  });
});

describe('the ways back', () => {
  it('are none where old and new stand behind one target group', async () => {
    const stage = openWorld();
    const shop = await openExternalShop(stage, { oneGroup: true });
    await shop.release('v2', { errorRate: 1 });
    expect(await mechanismOn(stage, TARGET).mechanism.plan(wanted(TARGET))).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('behind the same target group') as string,
    });
  });
});

describe('the second rung behind the task set that still stands', () => {
  /** Adds a third target group with weight 0 to both forwardings. */
  async function withSpare() {
    const stage = openWorld();
    const shop = await openExternalShop(stage);
    await shop.release('v2', { errorRate: 1 });
    const input = { Name: 'checkout-spare', Protocol: 'HTTP', Port: 8080, VpcId: 'vpc-1', TargetType: 'ip' };
    const { TargetGroups } = stage.call<CreateTargetGroupOutput>('elb', 'CreateTargetGroup', input);
    const spare = TargetGroups![0]!.TargetGroupArn!;
    const { LoadBalancers } = stage.call<DescribeLoadBalancersOutput>('elb', 'DescribeLoadBalancers', {});
    const { Listeners } = stage.call<DescribeListenersOutput>('elb', 'DescribeListeners', {
      LoadBalancerArn: LoadBalancers![0]!.LoadBalancerArn,
    });
    const [{ ListenerArn, DefaultActions = [] }] = Listeners as [Listener];
    const Actions = DefaultActions.map(({ ForwardConfig, Type, Order }) => ({
      ...{ Type, Order },
      ForwardConfig: {
        TargetGroups: [...(ForwardConfig?.TargetGroups ?? []), { TargetGroupArn: spare, Weight: 0 }],
      },
    }));
    const { Rules = [] } = stage.call<DescribeRulesOutput>('elb', 'DescribeRules', { ListenerArn });
    const { RuleArn } = Rules.find(({ IsDefault }) => IsDefault !== true)!;
    stage.call('elb', 'ModifyListener', { ListenerArn, DefaultActions: Actions });
    stage.call('elb', 'ModifyRule', { RuleArn, Actions });
    return { stage, shop, spare, ...mechanismOn(stage, TARGET) };
  }

  it('is a new task set behind the free group, made only where the old one is gone by then', async () => {
    const { stage, shop, spare, mechanism, accepted } = await withSpare();
    const document = await planned(mechanism, TARGET);
    expect(document.plan.rungs.map(({ name }) => name)).toEqual(['switch-back', 'new-task-set']);
    expect(document.plan.memo).toMatchObject({
      settings: { taskDefinition: shop.releases['v1'], loadBalancers: [{ targetGroupArn: spare }] },
    });
    expect(document.plan.watch.targetGroups).not.toMatchObject([{ arn: spare }]);
    await shop.remove('v1');
    const under = await started(mechanism, await stopped(mechanism, document));
    expect(under.reverted).toMatchObject({ state: 'started', rung: 1 });
    await stage.minutes(3);
    expect(await mechanism.settled(under)).toMatchObject({ state: 'due' });
    await started(mechanism, under);
    expect(await mechanism.settled(under)).toMatchObject({
      state: 'settled',
      targetGroups: [{ arn: spare, wanted: 4 }],
    });
    expect(shop.servesAlone('v1')).toBeNull();
    expect(accepted.filter((call) => call === 'CreateTaskSet')).toHaveLength(1);
  });

  it('is not there where no group is free', async () => {
    const stage = openWorld();
    const shop = await openExternalShop(stage);
    await shop.release('v2', { errorRate: 1 });
    const { plan } = await planned(mechanismOn(stage, TARGET).mechanism, TARGET);
    expect(plan.rungs.map(({ name }) => name)).toEqual(['switch-back']);
    expect(plan.notes?.join()).toContain('no free target group');
  });
});

describe('a service that went back', () => {
  it('is recognised by the newer condemned task set, and is not rolled back', async () => {
    const stage = openWorld();
    const shop = await openExternalShop(stage);
    await shop.release('v2', { errorRate: 1 });
    const { mechanism, ledger } = mechanismOn(stage, TARGET);
    const before = await planned(mechanism, TARGET);
    expect(before.plan.deployment).toMatchObject({ isRollback: false });
    await started(mechanism, await stopped(mechanism, before));
    ledger.condemn(shop.releases['v2']!);
    expect(await mechanism.plan(wanted(TARGET))).toMatchObject({ deployment: { isRollback: true } });
  });
});

describe('the replacement of the bad task set', () => {
  /** Deploys v2, which is bad after a minute. A test continues two minutes later. */
  async function hurting(then: (shop: ExternalShop) => Promise<void>) {
    const stage = openWorld();
    const shop = await openExternalShop(stage);
    const { mechanism, ledger } = mechanismOn(stage, TARGET);
    ledger.prove(shop.releases['v1']!);
    await shop.release('v2', { errorRate: 1 });
    const at = stage.world.clock.iso();
    await stage.minutes(2);
    await then(shop);
    const onset = { at, until: after(at, 60) };
    const trigger = { type: 'alarm' as const, id: '1', at: after(at, 120), alarm: 'errors', onset };
    return mechanism.plan(wanted(TARGET, { trigger }));
  }

  it('may be the fix if nothing can be put back: the plan names the suspect', async () => {
    const plan = await hurting(async (shop) => {
      await shop.remove('v1');
      await shop.release('v3');
    });
    expect(plan).toMatchObject({
      state: 'no-way-back',
      suspect: { name: 'checkout:2' },
      reason: expect.stringMatching(/^checkout:3 replaced checkout:2, .* no free target group/) as string,
    });
  });

  it('is the old one as a task set of its own: it is back', async () => {
    const plan = await hurting(async (shop) => {
      await shop.remove('v1');
      await shop.putBack('v1');
    });
    expect(plan).toMatchObject({
      state: 'nothing-to-do',
      reason: 'checkout:1 is back already: it replaced checkout:2',
    });
  });

  it('is not a task set without traffic, which is left alone', async () => {
    const plan = await hurting((shop) => shop.release('v3', {}, { share: 0 }));
    expect(plan).toMatchObject({
      state: 'nothing-to-do',
      reason: 'checkout:2 serves, and checkout:3, which is newer, has no traffic',
      next: { name: 'checkout:3' },
    });
  });
});
