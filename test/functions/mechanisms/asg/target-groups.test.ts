import { describe, expect, it } from 'vitest';
import { wanted, withWay } from '../../../contract/walk.ts';
import { Stage, TARGET } from './stage.ts';

interface Made {
  readonly TargetGroups: readonly { readonly TargetGroupArn: string }[];
  readonly LoadBalancers: readonly { readonly LoadBalancerArn: string }[];
}

/** Puts a bad version on a group that serves behind `web`, and is in `spare` and `tcp` too; `gone` was deleted. */
async function balanced() {
  const stage = new Stage();
  const { elb } = stage.world;
  const create = (Name: string, Protocol = 'HTTP') => {
    const input = { Name, Protocol, Port: 8080, VpcId: 'vpc-1', TargetType: 'instance' };
    return stage.call<Made>(elb, 'CreateTargetGroup', input).TargetGroups[0]!.TargetGroupArn;
  };
  const [web, spare, gone] = ['web', 'spare', 'gone'].map((name) => create(name));
  const Subnets = ['subnet-1', 'subnet-2'];
  const made = stage.call<Made>(elb, 'CreateLoadBalancer', { Name: 'web', Type: 'application', Subnets });
  const { LoadBalancerArn } = made.LoadBalancers[0]!;
  const DefaultActions = [{ Type: 'forward', TargetGroupArn: web }];
  stage.call(elb, 'CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions });
  stage.create(stage.version(), { TargetGroupARNs: [web, spare, gone] });
  await stage.pass(120);
  stage.refresh('1');
  await stage.ended();
  stage.refresh(stage.version());
  await stage.ended();
  stage.call(elb, 'DeleteTargetGroup', { TargetGroupArn: gone });
  return { stage, web: web! };
}

describe('the target groups of an Auto Scaling group', () => {
  it('are watched and measured if a load balancer uses them, and the plan names the others', async () => {
    const { stage, web } = await balanced();
    const plan = withWay(await stage.mechanism.plan(wanted(TARGET)));
    expect(plan.watch.targetGroups).toEqual([{ arn: web, wanted: 4 }]);
    expect(plan.notes).toContain('no load balancer uses spare: its targets are not looked at');
    const dimensions = plan.meters?.map((meter) => Object.values(meter.dimensions).join());
    expect(new Set(dimensions)).toEqual(new Set([web.slice(web.lastIndexOf(':') + 1), 'web']));
  });

  it('are not read if there are none', async () => {
    const stage = await Stage.good();
    await stage.mechanism.plan(wanted(TARGET));
    expect(stage.calls).not.toContain('DescribeTargetGroups');
  });
});
