import type {
  CreateServiceRequest,
  CreateServiceResponse,
  DeleteServiceRequest,
  DeleteServiceResponse,
  GetServiceRequest,
  GetServiceResponse,
  ListServicesRequest,
  ListServicesResponse,
  ServiceSummary,
} from '@aws-sdk/client-vpc-lattice';
import { REGION, type Surroundings } from '../aws.ts';
import { AwsError } from '../service.ts';
import { latticeArn, onAll, onNew, onOne, serviceArn } from './access.ts';
import { page } from './paging.ts';
import { addTags, findService, remove, type LatticeState, type Service } from './state.ts';

export function serviceOperations({ clock, random }: Surroundings, state: LatticeState) {
  const mayOn =
    (action: string) =>
    ({ serviceIdentifier }: { readonly serviceIdentifier: string | undefined }) =>
      onOne(state, action, serviceArn(serviceIdentifier));
  return {
    CreateService: {
      authorize: (input: CreateServiceRequest) =>
        onNew(state, 'CreateService', latticeArn('service', '*'), input),
      run: ({ name = '', tags }: CreateServiceRequest): CreateServiceResponse => {
        if ([...state.services.values()].some((other) => other.name === name))
          throw new AwsError('ConflictException', `A service ${name} exists already`, 409);
        const id = `svc-${random(`lattice/service/${name}`).hex(17)}`;
        // https://docs.aws.amazon.com/vpc-lattice/latest/ug/services.html
        const dns = `${name}-${id.slice(4)}.7d67968.vpc-lattice-svcs.${REGION}.on.aws`;
        const service = { id, arn: latticeArn('service', id), name, dns, createdAt: new Date(clock.now()) };
        state.services.set(id, service);
        addTags(state, service.arn, tags);
        return answer(service);
      },
    },
    GetService: {
      authorize: mayOn('GetService'),
      run: ({ serviceIdentifier }: GetServiceRequest): GetServiceResponse =>
        answer(findService(state, serviceIdentifier)),
    },
    ListServices: {
      authorize: onAll('ListServices'),
      run: (input: ListServicesRequest): ListServicesResponse =>
        page([...state.services.values()].map(answer), input),
    },
    DeleteService: {
      authorize: mayOn('DeleteService'),
      run: ({ serviceIdentifier }: DeleteServiceRequest): DeleteServiceResponse => {
        const service = findService(state, serviceIdentifier);
        // "A service can't be deleted if it's associated with a service network" (API_DeleteService).
        if ([...state.serviceAssociations.values()].some((one) => one.service === service))
          throw new AwsError(
            'ConflictException',
            `The service ${service.id} is associated with a network`,
            409,
          );
        for (const rule of state.rules.values())
          if (rule.listener.service === service) remove(state, state.rules, rule);
        for (const listener of state.listeners.values())
          if (listener.service === service) remove(state, state.listeners, listener);
        remove(state, state.services, service);
        return { id: service.id, arn: service.arn, name: service.name, status: 'DELETE_IN_PROGRESS' };
      },
    },
  };
}

function answer({ id, arn, name, dns, createdAt }: Service): ServiceSummary {
  return { id, arn, name, status: 'ACTIVE', createdAt, dnsEntry: { domainName: dns } };
}
