import type {
  CreateClusterResponse,
  CreateServiceResponse,
  DescribeServicesResponse,
  ListServiceDeploymentsResponse,
  RegisterTaskDefinitionResponse,
} from '@aws-sdk/client-ecs';
import { nameIn, textOf, type Made, type Properties, type ResourceType } from '../resource-type.ts';

/**
 * Converts properties to the API's input. Its names differ only in the first letter:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ECS.html
 */
export function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Properties);
  return Object.fromEntries(
    entries.map(([key, item]) => [key.charAt(0).toLowerCase() + key.slice(1), lowered(item)]),
  );
}

const inputOf = (properties: Properties): object => lowered(properties) as object;

export const cluster: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const clusterName = nameIn(making, 'ClusterName');
    const input = { ...inputOf(making.properties), clusterName };
    const { cluster: created } = await making.call<CreateClusterResponse>('ecs', 'CreateCluster', input);
    return { ref: clusterName, attributes: { Arn: created?.clusterArn } };
  },
  delete: ({ call, ref }) => call('ecs', 'DeleteCluster', { cluster: ref }),
};

export const taskDefinition: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const input = { ...inputOf(making.properties), family: nameIn(making, 'Family') };
    const answer = await making.call<RegisterTaskDefinitionResponse>('ecs', 'RegisterTaskDefinition', input);
    const ref = textOf(answer.taskDefinition?.taskDefinitionArn);
    return { ref, attributes: { TaskDefinitionArn: ref } };
  },
  delete: ({ call, ref }) => call('ecs', 'DeregisterTaskDefinition', { taskDefinition: ref }),
};

/**
 * A service is stable when its first deployment succeeded:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html
 */
export const service: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const serviceName = nameIn(making, 'ServiceName');
    const input = { ...inputOf(making.properties), serviceName };
    const answer = await making.call<CreateServiceResponse>('ecs', 'CreateService', input);
    const ref = textOf(answer.service?.serviceArn);
    return { ref, attributes: { ServiceArn: ref, Name: serviceName } };
  },
  isStable: async (made) => {
    const answer = await made.call<ListServiceDeploymentsResponse>('ecs', 'ListServiceDeployments', on(made));
    const [newest] = answer.serviceDeployments ?? [];
    if (newest?.status === 'SUCCESSFUL') return true;
    if (newest?.status === 'PENDING' || newest?.status === 'IN_PROGRESS') return false;
    throw new Error(`the service's first deployment is ${newest?.status ?? 'missing'}`);
  },
  delete: (made) => made.call('ecs', 'DeleteService', { ...on(made), force: true }),
  isGone: async (made) => {
    const { service: name, cluster: inCluster } = on(made);
    const input = { cluster: inCluster, services: [name] };
    const answer = await made.call<DescribeServicesResponse>('ecs', 'DescribeServices', input);
    return (answer.services ?? []).every(({ status }) => status === 'INACTIVE');
  },
};

function on({ ref, properties }: Made): { readonly cluster: string; readonly service: string } {
  return { cluster: textOf(properties['Cluster']), service: ref };
}
