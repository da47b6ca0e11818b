import type {
  CreateLoadBalancerOutput,
  CreateTargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AliasTarget } from '@aws-sdk/client-route-53';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import type { Stage } from '../stage.ts';

const PORT = 443;

/** Properties that make a record an alias of a load balancer. */
interface Alias {
  readonly AliasTarget: AliasTarget;
}

/** The alias of each side. */
export type Aliases = Readonly<Record<string, Alias>>;

/** Creates a load balancer in front of each side's servers. Returns the alias of each side. */
export function openBalancers(stage: Stage, addresses: Readonly<Record<string, string>>): Aliases {
  const opened = Object.entries(addresses).map(([side, address]) => {
    const { alias, group } = open(stage, side, 'ip');
    stage.call('elb', 'RegisterTargets', { TargetGroupArn: group, Targets: [{ Id: address, Port: PORT }] });
    return [side, alias] as const;
  });
  return Object.fromEntries(opened);
}

/** A load balancer in front of an Auto Scaling group for each side. */
export interface Fleets {
  readonly aliases: Aliases;
  /** Puts a release behind a side, in place of the present one, and waits until its instances are healthy. */
  release(side: string, behaviour: Behaviour): Promise<void>;
}

const INSTANCES = 2;

export function openFleets(stage: Stage, sides: readonly string[]): Fleets {
  const opened = new Map(sides.map((side) => [side, open(stage, side, 'instance')]));
  const running = new Map<string, string>();
  return {
    aliases: Object.fromEntries([...opened].map(([side, { alias }]) => [side, alias])),
    release: async (side, behaviour) => {
      const group = opened.get(side)?.group ?? '';
      const before = running.get(side);
      const name = launch(stage, side, group, behaviour);
      running.set(side, name);
      stage.journal.note(`another release starts behind ${side}`);
      await become(stage, group, before === undefined ? INSTANCES : 2 * INSTANCES);
      if (before === undefined) return;
      stage.call('autoscaling', 'DeleteAutoScalingGroup', {
        AutoScalingGroupName: before,
        ForceDelete: true,
      });
      await become(stage, group, INSTANCES);
    },
  };
}

function launch(stage: Stage, side: string, group: string, behaviour: Behaviour): string {
  const name = `${side} of ${stage.world.clock.iso()}`.replaceAll(/[^\w-]/g, '-');
  const LaunchTemplateData = { ImageId: stage.world.ec2.bake(name, behaviour) };
  stage.call('ec2', 'CreateLaunchTemplate', { LaunchTemplateName: name, LaunchTemplateData });
  stage.call('autoscaling', 'CreateAutoScalingGroup', {
    AutoScalingGroupName: name,
    LaunchTemplate: { LaunchTemplateName: name, Version: '1' },
    ...{ MinSize: 0, MaxSize: 4, DesiredCapacity: INSTANCES },
    TargetGroupARNs: [group],
    VPCZoneIdentifier: 'subnet-0a1b2c3d',
  });
  return name;
}

function become(stage: Stage, group: string, instances: number): Promise<void> {
  const isSo = () => {
    const { healthy, registered } = stage.world.elb.counts(group);
    return healthy === instances && registered === instances;
  };
  return stage.until(`${instances} instances of ${group} are healthy`, isSo, 20);
}

function open(
  stage: Stage,
  side: string,
  TargetType: 'ip' | 'instance',
): { readonly alias: Alias; readonly group: string } {
  const { LoadBalancers } = stage.call<CreateLoadBalancerOutput>('elb', 'CreateLoadBalancer', {
    Name: side,
    Subnets: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
  });
  const { TargetGroups } = stage.call<CreateTargetGroupOutput>('elb', 'CreateTargetGroup', {
    ...{ Name: side, Protocol: 'HTTPS', Port: PORT, VpcId: 'vpc-0a1b2c3d', TargetType },
    ...{ HealthCheckPath: '/health', HealthCheckIntervalSeconds: 10, HealthyThresholdCount: 2 },
  });
  const group = TargetGroups?.[0]?.TargetGroupArn ?? '';
  stage.call('elb', 'CreateListener', {
    ...{ LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn, Protocol: 'HTTP', Port: 80 },
    DefaultActions: [{ Type: 'forward', TargetGroupArn: group }],
  });
  const { DNSName = '', CanonicalHostedZoneId } = LoadBalancers?.[0] ?? {};
  const AliasTarget = {
    HostedZoneId: CanonicalHostedZoneId,
    DNSName: `dualstack.${DNSName}`,
    EvaluateTargetHealth: true,
  };
  return { alias: { AliasTarget }, group };
}
