import { AutoScalingClient, StartInstanceRefreshCommand } from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateCommand,
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWire, type Wire } from '../../wire/wire.ts';
import { createWorld } from '../../world/world.ts';

const world = createWorld({ seed: 1, start: '2026-11-22T02:00:00.000Z' });
let wire: Wire;

beforeAll(async () => {
  const { clock, ec2, autoscaling } = world;
  const services = [ec2, autoscaling];
  wire = await startWire({ services, policies: () => [], clock, random: world.random('wire') });
});
afterAll(() => wire.close());

function optionsOf(role: string) {
  return {
    endpoint: wire.endpoint,
    region: 'eu-west-1',
    credentials: wire.credentials(role),
    maxAttempts: 1,
  };
}

describe('the query protocol of EC2', () => {
  it('carries flattened lists and nested structures to and fro', async () => {
    const client = new EC2Client(optionsOf('operator'));
    const ImageId = world.ec2.bake('web', { startSeconds: 1, health: 'passes', errorRate: 0, latency: 0 });
    const { LaunchTemplate } = await client.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: 'web & more',
        LaunchTemplateData: {
          ImageId,
          TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'a', Value: '<1>' }] }],
        },
      }),
    );
    const { LaunchTemplateVersions } = await client.send(
      new DescribeLaunchTemplateVersionsCommand({
        LaunchTemplateId: LaunchTemplate!.LaunchTemplateId,
        Versions: ['1', '$Latest'],
      }),
    );
    expect(LaunchTemplateVersions).toHaveLength(2);
    expect(LaunchTemplateVersions![0]).toMatchObject({
      LaunchTemplateName: 'web & more',
      VersionNumber: 1,
      LaunchTemplateData: { ImageId, TagSpecifications: [{ Tags: [{ Key: 'a', Value: '<1>' }] }] },
    });
    const { Images } = await client.send(new DescribeImagesCommand({ ImageIds: [ImageId] }));
    expect(Images).toMatchObject([{ ImageId, State: 'available' }]);
  });

  it('refuses by the codes of EC2', async () => {
    const asked = new DescribeImagesCommand({ ImageIds: ['ami-00000000'] });
    await expect(new EC2Client(optionsOf('operator')).send(asked)).rejects.toMatchObject({
      name: 'InvalidAMIID.NotFound',
    });
    await expect(new EC2Client(optionsOf('nobody')).send(asked)).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    });
  });

  it('leaves the query protocol of other services as it is', async () => {
    const command = new StartInstanceRefreshCommand({ AutoScalingGroupName: 'none' });
    await expect(new AutoScalingClient(optionsOf('operator')).send(command)).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });
});
