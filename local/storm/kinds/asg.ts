import type {
  AutoScalingGroupsType,
  StartInstanceRefreshType,
  UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import type { CreateLaunchTemplateResult } from '@aws-sdk/client-ec2';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { behindBalancer, putErrorAlarm } from '../alarms.ts';
import { GOOD } from '../behaviours.ts';
import type { Ground } from '../ground.ts';
import type { Planter } from '../subject.ts';

const FIRST = '1';
/** Until its first instances are in service. */
const FIRST_REFRESH_AFTER_MS = 120_000;

/** Plants Auto Scaling groups behind a load balancer. Each has a launch template; an instance refresh deploys. */
export const asg: Planter = {
  leadSeconds: 200,
  on: (ground) => (planting) => {
    const { number, alarm, size, checkSeconds, tags } = planting;
    const name = `group-${number}`;
    const { world, balancers, call } = ground;
    const targetGroup = balancers.group(name, 'instance', checkSeconds);
    const { loadBalancer } = balancers.route(`${name}.example.com`, [{ targetGroup, weight: 1 }]);
    const template = templateOf(ground, name);
    const refresh = (Version: string) =>
      call('autoscaling', 'StartInstanceRefresh', {
        AutoScalingGroupName: name,
        DesiredConfiguration: { LaunchTemplate: { ...template.id, Version } },
        Preferences: { MinHealthyPercentage: 100, MaxHealthyPercentage: 200 },
      });
    call('autoscaling', 'CreateAutoScalingGroup', {
      ...{ AutoScalingGroupName: name, MinSize: 1, MaxSize: 12, DesiredCapacity: size },
      ...{ VPCZoneIdentifier: 'subnet-0a1b2c3d', TargetGroupARNs: [targetGroup] },
      ...{ HealthCheckType: 'ELB', HealthCheckGracePeriod: 120, DefaultInstanceWarmup: 30 },
      LaunchTemplate: { ...template.id, Version: FIRST },
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: false })),
    });
    world.clock.after(FIRST_REFRESH_AFTER_MS, () => refresh(FIRST));
    const target = `asg:${name}`;
    putErrorAlarm(ground, alarm, behindBalancer(loadBalancer, [targetGroup]), target);
    return {
      target,
      kind: 'asg',
      alarm,
      release: (behaviour) => refresh(template.next(behaviour)),
      isWayBack: ({ operation, input }) =>
        operation === 'RollbackInstanceRefresh' || leadsToFirst(operation, input),
      isBack: () => {
        const AutoScalingGroupNames = [name];
        const { AutoScalingGroups = [] } = call<Partial<AutoScalingGroupsType>>(
          ...(['autoscaling', 'DescribeAutoScalingGroups', { AutoScalingGroupNames }] as const),
        );
        return AutoScalingGroups[0]?.LaunchTemplate?.Version === FIRST;
      },
    };
  },
};

function leadsToFirst(operation: string, input: unknown): boolean {
  if (operation === 'UpdateAutoScalingGroup')
    return (input as UpdateAutoScalingGroupType).LaunchTemplate?.Version === FIRST;
  const { DesiredConfiguration } = input as StartInstanceRefreshType;
  return operation === 'StartInstanceRefresh' && DesiredConfiguration?.LaunchTemplate?.Version === FIRST;
}

/** Creates a launch template with a good first version. */
function templateOf({ world, call }: Ground, LaunchTemplateName: string) {
  let versions = 1;
  const dataOf = (behaviour: Behaviour) => ({
    ...{ ImageId: world.ec2.bake(`${LaunchTemplateName}-${versions}`, behaviour), InstanceType: 'm7g.large' },
  });
  const { LaunchTemplate } = call<CreateLaunchTemplateResult>('ec2', 'CreateLaunchTemplate', {
    ...{ LaunchTemplateName, LaunchTemplateData: dataOf(GOOD) },
  });
  const id = { LaunchTemplateId: LaunchTemplate?.LaunchTemplateId ?? '' };
  return {
    id,
    next: (behaviour: Behaviour): string => {
      versions++;
      call('ec2', 'CreateLaunchTemplateVersion', { ...id, LaunchTemplateData: dataOf(behaviour) });
      return String(versions);
    },
  };
}
