import type { DescribeAutoScalingGroupsCommandOutput } from '@aws-sdk/client-auto-scaling';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import type { Stage } from '../stage.ts';

/** The behaviour of a good release on instances. */
export const FLEET: Behaviour = { startSeconds: 20, health: 'passes', errorRate: 0.0001, latency: 0.08 };

const INSTANCES = 4;

export function groupArn(id: string): string {
  return `arn:aws:vpc-lattice:eu-west-1:111122223333:targetgroup/${id}`;
}

/** Puts a new Auto Scaling group behind a side, and waits until its instances are in service. */
export async function startFleet(
  stage: Stage,
  side: string,
  targetGroup: string,
  behaviour: Behaviour,
): Promise<void> {
  const name = `shop-${side}`;
  const release = `${name} of ${stage.world.clock.iso()}`;
  const LaunchTemplateName = release.replaceAll(/[^\w-]/g, '-');
  const ImageId = stage.world.ec2.bake(release, behaviour);
  stage.call('ec2', 'CreateLaunchTemplate', { LaunchTemplateName, LaunchTemplateData: { ImageId } });
  if (serving(stage, name) !== null)
    stage.call('autoscaling', 'DeleteAutoScalingGroup', { AutoScalingGroupName: name, ForceDelete: true });
  stage.call('autoscaling', 'CreateAutoScalingGroup', {
    ...{ AutoScalingGroupName: name, LaunchTemplate: { LaunchTemplateName, Version: '1' } },
    ...{ MinSize: 0, MaxSize: 8, DesiredCapacity: INSTANCES, VPCZoneIdentifier: 'subnet-0a1b2c3d' },
    TrafficSources: [{ Identifier: groupArn(targetGroup), Type: 'vpc-lattice' }],
  });
  stage.journal.note(`${name} starts`);
  await stage.until(`${name} is in service`, () => serving(stage, name) === INSTANCES, 20);
  await stage.minutes(0.5);
}

/** Returns the instances in service of an Auto Scaling group; null: there is no such group. */
function serving(stage: Stage, name: string): number | null {
  const { AutoScalingGroups = [] } = stage.call<Partial<DescribeAutoScalingGroupsCommandOutput>>(
    ...(['autoscaling', 'DescribeAutoScalingGroups', { AutoScalingGroupNames: [name] }] as const),
  );
  const [group] = AutoScalingGroups;
  if (group === undefined) return null;
  return (group.Instances ?? []).filter(({ LifecycleState }) => LifecycleState === 'InService').length;
}
