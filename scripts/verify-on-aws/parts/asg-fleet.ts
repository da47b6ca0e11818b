import { StartInstanceRefreshCommand } from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateVersionCommand } from '@aws-sdk/client-ec2';
import { ref, tagList, text } from '../cloudformation.ts';
import { alarm, instances } from '../prices.ts';
import { FOR_LASTGOOD } from '../tags.ts';
import { errorAlarm, forward, listener, targetGroup } from './behind.ts';
import { address } from './ecs-service.ts';
import { launchTemplate, newestOf, versionData } from './instance.ts';
import type { Part } from './part.ts';
import { PORTS } from './shared.ts';
import { BAD, GOOD } from './web.ts';

const SIZE = 2;

export const asgFleet: Part = {
  name: 'asg-fleet',
  shows: 'an Auto Scaling group of the smallest instances: an instance refresh brings the bad version',
  shares: ['balancer'],
  resources: {
    FleetGroup: targetGroup('instance'),
    FleetListener: listener(PORTS.fleet, forward({ FleetGroup: 1 })),
    FleetTemplate: launchTemplate(versionData(GOOD), 'ServerPorts'),
    Fleet: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      DependsOn: 'FleetListener',
      Properties: {
        MinSize: '1',
        MaxSize: '4',
        DesiredCapacity: String(SIZE),
        VPCZoneIdentifier: ref('Subnets'),
        TargetGroupARNs: [ref('FleetGroup')],
        HealthCheckType: 'ELB',
        HealthCheckGracePeriod: 120,
        DefaultInstanceWarmup: 30,
        LaunchTemplate: newestOf('FleetTemplate'),
        Tags: tagList(FOR_LASTGOOD).map((tag) => ({ ...tag, PropagateAtLaunch: false })),
      },
    },
    FleetAlarm: errorAlarm(text('asg:${Fleet}'), ['FleetGroup']),
  },
  outputs: { Fleet: ref('Fleet'), FleetTemplate: ref('FleetTemplate'), FleetAlarm: ref('FleetAlarm') },
  alarm: 'FleetAlarm',
  priced: [instances(SIZE), alarm(3)],
  target: (outputs) => `asg:${outputs('Fleet')}`,
  users: (outputs) => address(outputs, PORTS.fleet),
  release: async ({ ec2, autoScaling }, outputs) => {
    const LaunchTemplateId = outputs('FleetTemplate');
    const { LaunchTemplateVersion } = await ec2.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateId,
        SourceVersion: '1',
        LaunchTemplateData: versionData(BAD),
      }),
    );
    const Version = String(LaunchTemplateVersion?.VersionNumber);
    await autoScaling.send(
      new StartInstanceRefreshCommand({
        AutoScalingGroupName: outputs('Fleet'),
        DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId, Version } },
        Preferences: { MinHealthyPercentage: 100, MaxHealthyPercentage: 200 },
      }),
    );
  },
};
