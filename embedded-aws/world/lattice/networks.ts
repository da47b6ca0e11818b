import type {
  CreateServiceNetworkRequest,
  CreateServiceNetworkResponse,
  CreateServiceNetworkServiceAssociationRequest,
  CreateServiceNetworkServiceAssociationResponse,
  CreateServiceNetworkVpcAssociationRequest,
  CreateServiceNetworkVpcAssociationResponse,
  DeleteServiceNetworkRequest,
  DeleteServiceNetworkServiceAssociationRequest,
  DeleteServiceNetworkServiceAssociationResponse,
  DeleteServiceNetworkVpcAssociationRequest,
  DeleteServiceNetworkVpcAssociationResponse,
  GetServiceNetworkRequest,
  GetServiceNetworkResponse,
  GetServiceNetworkServiceAssociationRequest,
  GetServiceNetworkServiceAssociationResponse,
  GetServiceNetworkVpcAssociationRequest,
  GetServiceNetworkVpcAssociationResponse,
} from '@aws-sdk/client-vpc-lattice';
import type { Surroundings } from '../aws.ts';
import { AwsError } from '../service.ts';
import { associationArn, networkArn, onNew, onOne, serviceArn } from './access.ts';
import { invalid } from './actions.ts';
import {
  addTags,
  findNetwork,
  findService,
  findServiceAssociation,
  findVpcAssociation,
  remove,
  type LatticeState,
  type Network,
} from './state.ts';

/**
 * Service networks and their associations with services and VPCs. An association is ACTIVE at once here, and gone at once
 * when it is deleted: AWS takes a moment, for which it gives no figure. Policies and resources are not modelled.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-networks.html
 */
export function networkOperations(surroundings: Surroundings, state: LatticeState) {
  return {
    CreateServiceNetwork: {
      authorize: (input: CreateServiceNetworkRequest) =>
        onNew(state, 'CreateServiceNetwork', networkArn('*'), input),
      run: (input: CreateServiceNetworkRequest) => create(surroundings, state, input),
    },
    GetServiceNetwork: {
      authorize: ({ serviceNetworkIdentifier: id }: GetServiceNetworkRequest) =>
        onOne(state, 'GetServiceNetwork', networkArn(id)),
      run: ({ serviceNetworkIdentifier }: GetServiceNetworkRequest): GetServiceNetworkResponse => {
        const network = findNetwork(state, serviceNetworkIdentifier);
        return {
          ...shown(network),
          ...{ createdAt: network.createdAt, lastUpdatedAt: network.createdAt },
          numberOfAssociatedServices: servicesOf(state, network).length,
          numberOfAssociatedVPCs: vpcsOf(state, network).length,
        };
      },
    },
    DeleteServiceNetwork: {
      authorize: ({ serviceNetworkIdentifier: id }: DeleteServiceNetworkRequest) =>
        onOne(state, 'DeleteServiceNetwork', networkArn(id)),
      run: ({ serviceNetworkIdentifier }: DeleteServiceNetworkRequest): object => {
        const network = findNetwork(state, serviceNetworkIdentifier);
        // "You can only delete the service network if there is no service or VPC associated with it"
        // (API_DeleteServiceNetwork).
        if (servicesOf(state, network).length > 0 || vpcsOf(state, network).length > 0)
          throw conflict(`The service network ${network.id} has associations`);
        remove(state, state.networks, network);
        return {};
      },
    },
    ...vpcOperations(surroundings, state),
    ...serviceOperations(surroundings, state),
  };
}

function vpcOperations(surroundings: Surroundings, state: LatticeState) {
  return {
    CreateServiceNetworkVpcAssociation: {
      authorize: (input: CreateServiceNetworkVpcAssociationRequest) => [
        ...onOne(state, 'CreateServiceNetworkVpcAssociation', networkArn(input.serviceNetworkIdentifier)),
        ...onNew(state, 'CreateServiceNetworkVpcAssociation', associationArn('vpc', '*'), input),
      ],
      run: (input: CreateServiceNetworkVpcAssociationRequest) => joinVpc(surroundings, state, input),
    },
    GetServiceNetworkVpcAssociation: {
      authorize: (input: GetServiceNetworkVpcAssociationRequest) =>
        onOne(
          state,
          'GetServiceNetworkVpcAssociation',
          associationArn('vpc', input.serviceNetworkVpcAssociationIdentifier),
        ),
      run: (input: GetServiceNetworkVpcAssociationRequest): GetServiceNetworkVpcAssociationResponse => {
        const { id, arn, vpc, network } = findVpcAssociation(
          state,
          input.serviceNetworkVpcAssociationIdentifier,
        );
        return {
          ...{ id, arn, vpcId: vpc, status: 'ACTIVE' },
          ...{ serviceNetworkId: network.id, serviceNetworkArn: network.arn },
        };
      },
    },
    DeleteServiceNetworkVpcAssociation: {
      authorize: (input: DeleteServiceNetworkVpcAssociationRequest) =>
        onOne(
          state,
          'DeleteServiceNetworkVpcAssociation',
          associationArn('vpc', input.serviceNetworkVpcAssociationIdentifier),
        ),
      run: (input: DeleteServiceNetworkVpcAssociationRequest): DeleteServiceNetworkVpcAssociationResponse => {
        const found = findVpcAssociation(state, input.serviceNetworkVpcAssociationIdentifier);
        remove(state, state.vpcAssociations, found);
        return { id: found.id, arn: found.arn, status: 'DELETE_IN_PROGRESS' };
      },
    },
  };
}

function serviceOperations(surroundings: Surroundings, state: LatticeState) {
  return {
    CreateServiceNetworkServiceAssociation: {
      authorize: (input: CreateServiceNetworkServiceAssociationRequest) => [
        ...onOne(state, 'CreateServiceNetworkServiceAssociation', serviceArn(input.serviceIdentifier)),
        ...onOne(state, 'CreateServiceNetworkServiceAssociation', networkArn(input.serviceNetworkIdentifier)),
        ...onNew(state, 'CreateServiceNetworkServiceAssociation', associationArn('service', '*'), input),
      ],
      run: (input: CreateServiceNetworkServiceAssociationRequest) => joinService(surroundings, state, input),
    },
    GetServiceNetworkServiceAssociation: {
      authorize: (input: GetServiceNetworkServiceAssociationRequest) =>
        onOne(
          state,
          'GetServiceNetworkServiceAssociation',
          associationArn('service', input.serviceNetworkServiceAssociationIdentifier),
        ),
      run: (
        input: GetServiceNetworkServiceAssociationRequest,
      ): GetServiceNetworkServiceAssociationResponse => {
        const found = findServiceAssociation(state, input.serviceNetworkServiceAssociationIdentifier);
        const { id, arn, network, service } = found;
        return {
          ...{ id, arn, status: 'ACTIVE', dnsEntry: { domainName: service.dns } },
          ...{ serviceNetworkId: network.id, serviceNetworkArn: network.arn },
          ...{ serviceId: service.id, serviceArn: service.arn },
        };
      },
    },
    DeleteServiceNetworkServiceAssociation: {
      authorize: (input: DeleteServiceNetworkServiceAssociationRequest) =>
        onOne(
          state,
          'DeleteServiceNetworkServiceAssociation',
          associationArn('service', input.serviceNetworkServiceAssociationIdentifier),
        ),
      run: (
        input: DeleteServiceNetworkServiceAssociationRequest,
      ): DeleteServiceNetworkServiceAssociationResponse => {
        const found = findServiceAssociation(state, input.serviceNetworkServiceAssociationIdentifier);
        remove(state, state.serviceAssociations, found);
        return { id: found.id, arn: found.arn, status: 'DELETE_IN_PROGRESS' };
      },
    },
  };
}

function create(
  { clock, random }: Surroundings,
  state: LatticeState,
  { name = '', tags }: CreateServiceNetworkRequest,
): CreateServiceNetworkResponse {
  if (!/^[a-z0-9-]{3,63}$/.test(name)) throw invalid(`The name ${JSON.stringify(name)} is not valid`);
  if ([...state.networks.values()].some((other) => other.name === name))
    throw conflict(`A service network ${name} exists already`);
  const id = `sn-${random(`lattice/network/${name}`).hex(17)}`;
  const network = { id, arn: networkArn(id), name, createdAt: new Date(clock.now()) };
  state.networks.set(id, network);
  addTags(state, network.arn, tags);
  return shown(network);
}

/** "A VPC can be associated with one service network": https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html */
function joinVpc(
  { random }: Surroundings,
  state: LatticeState,
  { serviceNetworkIdentifier, vpcIdentifier: vpc = '', tags }: CreateServiceNetworkVpcAssociationRequest,
): CreateServiceNetworkVpcAssociationResponse {
  const network = findNetwork(state, serviceNetworkIdentifier);
  if ([...state.vpcAssociations.values()].some((other) => other.vpc === vpc))
    throw conflict(`The VPC ${vpc} is associated with a service network already`);
  const id = `snva-${random(`lattice/${network.name}/${vpc}`).hex(17)}`;
  const association = { id, arn: associationArn('vpc', id), network, vpc };
  state.vpcAssociations.set(id, association);
  addTags(state, association.arn, tags);
  return { id, arn: association.arn, status: 'ACTIVE' };
}

function joinService(
  { random }: Surroundings,
  state: LatticeState,
  { serviceNetworkIdentifier, serviceIdentifier, tags }: CreateServiceNetworkServiceAssociationRequest,
): CreateServiceNetworkServiceAssociationResponse {
  const network = findNetwork(state, serviceNetworkIdentifier);
  const service = findService(state, serviceIdentifier);
  if (servicesOf(state, network).some((other) => other.service === service))
    throw conflict(`The service ${service.id} is associated with ${network.id} already`);
  const id = `snsa-${random(`lattice/${network.name}/${service.name}`).hex(17)}`;
  const association = { id, arn: associationArn('service', id), network, service };
  state.serviceAssociations.set(id, association);
  addTags(state, association.arn, tags);
  return { id, arn: association.arn, status: 'ACTIVE', dnsEntry: { domainName: service.dns } };
}

function shown({ id, arn, name }: Network): CreateServiceNetworkResponse {
  return { id, arn, name, authType: 'NONE' };
}

function servicesOf({ serviceAssociations }: LatticeState, network: Network) {
  return [...serviceAssociations.values()].filter((one) => one.network === network);
}

function vpcsOf({ vpcAssociations }: LatticeState, network: Network) {
  return [...vpcAssociations.values()].filter((one) => one.network === network);
}

function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, 409);
}
