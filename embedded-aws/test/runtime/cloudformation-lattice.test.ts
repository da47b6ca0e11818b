import { expect, it } from 'vitest';
import type { ListTargetsResponse } from '@aws-sdk/client-vpc-lattice';
import { CloudFormationWorld } from './cloudformation-world.ts';

const GROUP = {
  Type: 'AWS::VpcLattice::TargetGroup',
  Properties: { Type: 'IP', Config: { Port: 8080, Protocol: 'HTTP', VpcIdentifier: 'vpc-0a1b2c3d' } },
};

/** A service with a listener that forwards to a group, in a network of a VPC. */
const MESH = {
  Group: GROUP,
  Service: { Type: 'AWS::VpcLattice::Service', Properties: {} },
  Listener: {
    Type: 'AWS::VpcLattice::Listener',
    Properties: {
      ServiceIdentifier: { Ref: 'Service' },
      Protocol: 'HTTP',
      DefaultAction: {
        Forward: { TargetGroups: [{ TargetGroupIdentifier: { Ref: 'Group' }, Weight: 100 }] },
      },
      Tags: [{ Key: 'lastgood', Value: 'auto' }],
    },
  },
  Network: { Type: 'AWS::VpcLattice::ServiceNetwork', Properties: {} },
  Vpc: {
    Type: 'AWS::VpcLattice::ServiceNetworkVpcAssociation',
    Properties: { ServiceNetworkIdentifier: { Ref: 'Network' }, VpcIdentifier: 'vpc-0a1b2c3d' },
  },
  Member: {
    Type: 'AWS::VpcLattice::ServiceNetworkServiceAssociation',
    Properties: { ServiceNetworkIdentifier: { Ref: 'Network' }, ServiceIdentifier: { Ref: 'Service' } },
  },
};

it('creates a service of VPC Lattice with all that lets clients reach it, and deletes it with its targets', async () => {
  const cloud = new CloudFormationWorld();
  const { lattice } = cloud.world;
  cloud.create(MESH);
  expect((await cloud.rest()).StackStatus).toBe('CREATE_COMPLETE');
  const tagged = lattice.tagged();
  expect(tagged.length).toBe(Object.keys(MESH).length);
  expect(tagged.map(({ tags }) => tags['lastgood'])).toContain('auto');

  const group = tagged.find(({ arn }) => arn.includes(':targetgroup/'))?.arn;
  const call = (operation: string, input: object): unknown =>
    lattice.operations[operation]?.run(input as never, { role: 'operator' });
  const targets = [{ id: '10.0.0.1' }, { id: '10.0.0.2' }];
  call('RegisterTargets', { targetGroupIdentifier: group, targets });
  call('DeregisterTargets', { targetGroupIdentifier: group, targets: targets.slice(0, 1) });
  cloud.call('DeleteStack', { StackName: 'shop' });
  await cloud.world.clock.run(() => false, cloud.world.clock.now() + 60_000);
  // The first target drains before its group can go, and all else is gone.
  const { items } = call('ListTargets', { targetGroupIdentifier: group }) as ListTargetsResponse;
  expect(items?.map(({ id, status }) => `${id} ${status}`)).toEqual(['10.0.0.1 DRAINING']);
  expect(lattice.tagged().map(({ arn }) => arn)).toEqual([group]);
  await cloud.world.clock.run(() => false, cloud.world.clock.now() + 6 * 60_000);
  expect(lattice.tagged()).toEqual([]);
});
