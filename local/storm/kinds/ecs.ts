import type {
  DescribeServicesResponse,
  RegisterTaskDefinitionResponse,
  StopServiceDeploymentRequest,
  UpdateServiceRequest,
} from '@aws-sdk/client-ecs';
import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { behindBalancer, putErrorAlarm } from '../alarms.ts';
import { GOOD } from '../behaviours.ts';
import type { Ground } from '../ground.ts';
import type { Planter, Planting } from '../subject.ts';

const CLUSTER = 'prod';

/** Plants ECS services, each behind a load balancer, with a proxy beside the application that all services share. */
export const ecs: Planter = {
  leadSeconds: 60,
  on: (ground) => {
    ground.call('ecs', 'CreateCluster', { clusterName: CLUSTER });
    const app = ground.world.ecr.push('app', 'v1', GOOD).uri;
    const proxyOf = pushOnce(ground);
    return (planting) => {
      const name = `app-${planting.number}`;
      const revision = (behaviour: Behaviour) => register(ground, name, app, proxyOf(behaviour));
      const first = revision(GOOD);
      create(ground, name, first, planting);
      return {
        target: `ecs:${CLUSTER}/${name}`,
        kind: 'ecs',
        alarm: planting.alarm,
        release: (behaviour) => {
          const change = { cluster: CLUSTER, service: name, taskDefinition: revision(behaviour) };
          ground.call('ecs', 'UpdateService', change);
        },
        isWayBack: ({ operation, input }) =>
          operation === 'StopServiceDeployment'
            ? (input as StopServiceDeploymentRequest).stopType !== 'ABORT'
            : operation === 'UpdateService' && (input as UpdateServiceRequest).taskDefinition === first,
        isBack: () => {
          const { services = [] } = ground.call<DescribeServicesResponse>('ecs', 'DescribeServices', {
            ...{ cluster: CLUSTER, services: [name] },
          });
          return services[0]?.taskDefinition === first;
        },
      };
    };
  },
};

/** Returns the function that pushes an image of the proxy, once for all targets with the same behaviour. */
function pushOnce({ world }: Ground): (behaviour: Behaviour) => string {
  const pushed = new Map<Behaviour, string>();
  return (behaviour) => {
    const uri = pushed.get(behaviour) ?? world.ecr.push('proxy', `v${pushed.size + 1}`, behaviour).uri;
    pushed.set(behaviour, uri);
    return uri;
  };
}

function register({ call }: Ground, family: string, app: string, proxy: string): string {
  const { taskDefinition } = call<RegisterTaskDefinitionResponse>('ecs', 'RegisterTaskDefinition', {
    ...{ family, networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' },
    taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/app`,
    executionRoleArn: 'app-execution',
    containerDefinitions: [
      { name: 'proxy', image: proxy, essential: true, portMappings: [{ containerPort: 8080 }] },
      { name: 'app', image: app, essential: true },
    ],
  });
  return taskDefinition?.taskDefinitionArn ?? '';
}

function create(
  ground: Ground,
  name: string,
  taskDefinition: string,
  { size, checkSeconds, alarm, tags }: Planting,
): void {
  const targetGroup = ground.balancers.group(name, 'ip', checkSeconds);
  const { loadBalancer } = ground.balancers.route(`${name}.example.com`, [{ targetGroup, weight: 1 }]);
  ground.call('ecs', 'CreateService', {
    ...{ cluster: CLUSTER, serviceName: name, taskDefinition, desiredCount: size, launchType: 'FARGATE' },
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] },
    },
    loadBalancers: [{ targetGroupArn: targetGroup, containerName: 'proxy', containerPort: 8080 }],
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
    healthCheckGracePeriodSeconds: 30,
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  });
  putErrorAlarm(ground, alarm, behindBalancer(loadBalancer, [targetGroup]), `ecs:${CLUSTER}/${name}`);
}
