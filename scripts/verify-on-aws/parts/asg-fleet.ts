import { StartInstanceRefreshCommand } from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateVersionCommand, type RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import { attribute, ref, tagList, text } from '../cloudformation.ts';
import { alarm, instances } from '../prices.ts';
import { behaviourTags, FOR_LASTGOOD, THROW_AWAY } from '../tags.ts';
import { errorAlarm, forward, listener, targetGroup } from './behind.ts';
import { address } from './ecs-service.ts';
import type { Part } from './part.ts';
import { serverData } from './server.ts';
import { PORTS } from './shared.ts';
import { BAD, GOOD } from './web.ts';

const SIZE = 2;

/** What differs between a good and a bad version of the launch template. */
function versionData(errors: typeof BAD | typeof GOOD) {
  const tags = { ...THROW_AWAY, ...behaviourTags(errors) };
  return {
    UserData: serverData(errors),
    TagSpecifications: [
      { ResourceType: 'instance', Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
    ],
  } satisfies RequestLaunchTemplateData;
}

export const asgFleet: Part = {
  name: 'asg-fleet',
  shows: 'an Auto Scaling group of the smallest instances: an instance refresh brings the bad version',
  shares: ['balancer'],
  resources: {
    FleetGroup: targetGroup('instance'),
    FleetListener: listener(PORTS.fleet, forward({ FleetGroup: 1 })),
    FleetTemplate: {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: {
        LaunchTemplateData: {
          ImageId: ref('Image'),
          InstanceType: 't4g.nano',
          SecurityGroupIds: [attribute('ServerPorts', 'GroupId')],
          MetadataOptions: { HttpTokens: 'required' },
          ...versionData(GOOD),
        },
        TagSpecifications: [{ ResourceType: 'launch-template', Tags: tagList(THROW_AWAY) }],
      },
    },
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
        LaunchTemplate: {
          LaunchTemplateId: ref('FleetTemplate'),
          Version: attribute('FleetTemplate', 'LatestVersionNumber'),
        },
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
