import type { Tag } from '@aws-sdk/client-cloudformation';
import type {
  CreateListenerResponse,
  CreateServiceNetworkResponse,
  CreateServiceNetworkServiceAssociationResponse,
  CreateServiceNetworkVpcAssociationResponse,
  CreateServiceResponse,
  CreateTargetGroupResponse,
  ListTargetsResponse,
} from '@aws-sdk/client-vpc-lattice';
import { nameIn, textOf, type Made, type Making, type ResourceType } from '../resource-type.ts';
import { lowered } from './ecs.ts';

const LATTICE = 'vpc-lattice';

/*
 * Names differ from the API's only in the first letter, and `Ref` returns the ARN:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_VpcLattice.html
 */

/** Converts properties to the API's input, whose tags are a map. */
function inputOf({ properties }: Making): Record<string, unknown> {
  const { Tags: list = [], ...rest } = properties;
  const tags = Object.fromEntries((list as readonly Tag[]).map(({ Key = '', Value = '' }) => [Key, Value]));
  return { ...(lowered(rest) as object), tags };
}

/** A generated name is in lower case, which VPC Lattice demands. */
function named(making: Making): Record<string, unknown> {
  return { ...inputOf(making), name: nameIn(making, 'Name').toLowerCase() };
}

interface Answer {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
}

function created({ id, arn }: Answer, attributes: Readonly<Record<string, unknown>> = {}) {
  return { ref: textOf(arn), attributes: { Id: id, Arn: arn, ...attributes } };
}

/** Returns the operation that deletes a resource by its identifier. */
function deleting(operation: string, identifier: string) {
  return ({ call, ref }: Made) => call(LATTICE, operation, { [identifier]: ref });
}

/** Returns whether a resource is active. */
function activeBy(operation: string, identifier: string) {
  return async ({ call, ref }: Made) => {
    const { status } = await call<{ readonly status?: string }>(LATTICE, operation, { [identifier]: ref });
    return status === 'ACTIVE';
  };
}

export const service: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const answer = await making.call<CreateServiceResponse>(LATTICE, 'CreateService', named(making));
    return created(answer, { 'DnsEntry.DomainName': answer.dnsEntry?.domainName });
  },
  isStable: activeBy('GetService', 'serviceIdentifier'),
  delete: deleting('DeleteService', 'serviceIdentifier'),
};

export const targetGroup: ResourceType = {
  tags: 'list',
  create: async (making) =>
    created(await making.call<CreateTargetGroupResponse>(LATTICE, 'CreateTargetGroup', named(making))),
  isStable: activeBy('GetTargetGroup', 'targetGroupIdentifier'),
  delete: async ({ call, ref: targetGroupIdentifier }) => {
    const targets = await targetsOf({ call, ref: targetGroupIdentifier });
    const staying = targets.filter(({ status }) => status !== 'DRAINING');
    if (staying.length === 0) return;
    const input = { targetGroupIdentifier, targets: staying.map(({ id, port }) => ({ id, port })) };
    await call(LATTICE, 'DeregisterTargets', input);
  },
  // A group with targets cannot be deleted, and targets drain for minutes.
  isGone: async ({ call, ref }) => {
    if ((await targetsOf({ call, ref })).length > 0) return false;
    await call(LATTICE, 'DeleteTargetGroup', { targetGroupIdentifier: ref });
    return true;
  },
};

async function targetsOf({ call, ref }: Pick<Made, 'call' | 'ref'>) {
  const input = { targetGroupIdentifier: ref };
  const { items = [] } = await call<Partial<ListTargetsResponse>>(LATTICE, 'ListTargets', input);
  return items;
}

export const listener: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const answer = await making.call<CreateListenerResponse>(LATTICE, 'CreateListener', named(making));
    return created(answer, { ServiceId: answer.serviceId, ServiceArn: answer.serviceArn });
  },
  delete: ({ call, ref, attributes }) =>
    call(LATTICE, 'DeleteListener', {
      serviceIdentifier: attributes['ServiceId'],
      listenerIdentifier: ref,
    }),
};

export const serviceNetwork: ResourceType = {
  tags: 'list',
  create: async (making) =>
    created(await making.call<CreateServiceNetworkResponse>(LATTICE, 'CreateServiceNetwork', named(making))),
  delete: deleting('DeleteServiceNetwork', 'serviceNetworkIdentifier'),
};

const SERVICE_ASSOCIATION = 'serviceNetworkServiceAssociationIdentifier';
const VPC_ASSOCIATION = 'serviceNetworkVpcAssociationIdentifier';

export const serviceAssociation: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const operation = 'CreateServiceNetworkServiceAssociation';
    const answer = await making.call<CreateServiceNetworkServiceAssociationResponse>(
      ...([LATTICE, operation, inputOf(making)] as const),
    );
    return created(answer, { 'DnsEntry.DomainName': answer.dnsEntry?.domainName });
  },
  isStable: activeBy('GetServiceNetworkServiceAssociation', SERVICE_ASSOCIATION),
  delete: deleting('DeleteServiceNetworkServiceAssociation', SERVICE_ASSOCIATION),
};

export const vpcAssociation: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const operation = 'CreateServiceNetworkVpcAssociation';
    return created(
      await making.call<CreateServiceNetworkVpcAssociationResponse>(LATTICE, operation, inputOf(making)),
    );
  },
  isStable: activeBy('GetServiceNetworkVpcAssociation', VPC_ASSOCIATION),
  delete: deleting('DeleteServiceNetworkVpcAssociation', VPC_ASSOCIATION),
};
