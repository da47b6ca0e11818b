import { describe, expect, it } from 'vitest';
import { networkArn } from '../../world/lattice/access.ts';
import { LatticeWorld } from './lattice-world.ts';

const VPC = 'vpc-0a1b2c3d';

/** Returns the requests that the users of a minute send. */
function requestsIn(world: LatticeWorld): number {
  const answers = world.lattice.users.serve(100, world.clock.now());
  return answers.reduce((sum, { count }) => sum + count, 0);
}

async function open() {
  const world = new LatticeWorld();
  await world.clock.run(() => false, world.clock.now() + 60_000);
  const [association] = world.associations;
  if (association === undefined) throw new Error('the service is in no network');
  return { world, ...association };
}

describe('a service network', () => {
  it('lets the clients of its VPCs reach its services, and no others', async () => {
    const { world, network, vpc, service } = await open();
    expect(requestsIn(world)).toBe(100);

    world.call('DeleteServiceNetworkVpcAssociation', { serviceNetworkVpcAssociationIdentifier: vpc });
    expect(requestsIn(world)).toBe(0);
    const again = { serviceNetworkIdentifier: network, vpcIdentifier: VPC };
    world.call('CreateServiceNetworkVpcAssociation', again);
    expect(requestsIn(world)).toBe(100);

    const of = { serviceNetworkServiceAssociationIdentifier: service };
    world.call('DeleteServiceNetworkServiceAssociation', of);
    expect(requestsIn(world)).toBe(0);
  });

  it('shows itself and its associations', async () => {
    const { world, network, vpc, service } = await open();
    const shown = world.call('GetServiceNetwork', { serviceNetworkIdentifier: network });
    expect(shown).toMatchObject({ numberOfAssociatedServices: 1, numberOfAssociatedVPCs: 1 });
    const ofVpc = { serviceNetworkVpcAssociationIdentifier: vpc };
    expect(world.call('GetServiceNetworkVpcAssociation', ofVpc)).toMatchObject({
      ...{ status: 'ACTIVE', vpcId: VPC, serviceNetworkId: network },
    });
    const ofService = { serviceNetworkServiceAssociationIdentifier: service };
    expect(world.call('GetServiceNetworkServiceAssociation', ofService)).toMatchObject({
      ...{ status: 'ACTIVE', serviceId: world.service, serviceNetworkId: network },
    });
  });

  it('takes a VPC that is in no other one, and a service once', async () => {
    const { world, network } = await open();
    const other = world.call('CreateServiceNetwork', { name: 'other' }).id;
    const twice = { serviceNetworkIdentifier: other, vpcIdentifier: VPC };
    expect(world.refusal('CreateServiceNetworkVpcAssociation', twice)).toBe('ConflictException');
    const again = { serviceNetworkIdentifier: network, serviceIdentifier: world.service };
    expect(world.refusal('CreateServiceNetworkServiceAssociation', again)).toBe('ConflictException');
    const nowhere = { ...again, serviceNetworkIdentifier: 'sn-0' };
    expect(world.refusal('CreateServiceNetworkServiceAssociation', nowhere)).toBe(
      'ResourceNotFoundException',
    );
    expect(world.refusal('CreateServiceNetwork', { name: 'other' })).toBe('ConflictException');
    expect(world.refusal('CreateServiceNetwork', { name: 'Other' })).toBe('ValidationException');
  });

  it('is deleted after its associations, and so is a service', async () => {
    const { world, network, vpc, service } = await open();
    const named = { serviceNetworkIdentifier: network };
    expect(world.refusal('DeleteServiceNetwork', named)).toBe('ConflictException');
    expect(world.refusal('DeleteService', { serviceIdentifier: world.service })).toBe('ConflictException');
    world.call('DeleteServiceNetworkVpcAssociation', { serviceNetworkVpcAssociationIdentifier: vpc });
    const of = { serviceNetworkServiceAssociationIdentifier: service };
    world.call('DeleteServiceNetworkServiceAssociation', of);
    expect(world.refusal('DeleteServiceNetwork', named)).toBeNull();
    expect(world.refusal('DeleteService', { serviceIdentifier: world.service })).toBeNull();
    expect(world.refusal('GetServiceNetwork', named)).toBe('ResourceNotFoundException');
  });
});

describe('a creation with tags', () => {
  it('asks for vpc-lattice:TagResource besides', () => {
    const { lattice } = new LatticeWorld();
    const actions = (input: object) =>
      lattice.operations['CreateServiceNetwork']!.authorize(input as never).map(({ action }) => action);
    expect(actions({ name: 'shop' })).toEqual(['vpc-lattice:CreateServiceNetwork']);
    expect(actions({ name: 'shop', tags: { team: 'shop' } })).toEqual([
      'vpc-lattice:CreateServiceNetwork',
      'vpc-lattice:TagResource',
    ]);
    expect(networkArn('sn-1')).toBe('arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/sn-1');
  });
});
