import { RegisterTaskDefinitionCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { Clients } from '../clients.ts';
import { attribute, raised, ref, tagList, type Resource } from '../cloudformation.ts';
import { FOR_LASTGOOD } from '../tags.ts';
import type { Outputs } from './part.ts';
import { BAD, GOOD, PORT, webTasks } from './web.ts';

export const TASKS = 2;

export function goodTasks(): Resource {
  return {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: raised(webTasks(GOOD)) as Resource['Properties'],
  };
}

interface ServiceOptions {
  readonly taskDefinition: string;
  /** The listener or rule without which ECS registers no target. */
  readonly after: string;
  readonly targetGroup: string;
  readonly deployment: object;
  readonly tasks?: number;
  /** Settings of blue/green. */
  readonly advanced?: object;
}

export function service({
  taskDefinition,
  after,
  targetGroup,
  deployment,
  advanced,
  tasks = TASKS,
}: ServiceOptions): Resource {
  return {
    Type: 'AWS::ECS::Service',
    DependsOn: after,
    Properties: {
      Cluster: ref('Cluster'),
      TaskDefinition: ref(taskDefinition),
      DesiredCount: tasks,
      CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }],
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          Subnets: ref('Subnets'),
          SecurityGroups: [attribute('ServerPorts', 'GroupId')],
          AssignPublicIp: 'ENABLED',
        },
      },
      LoadBalancers: [
        {
          ContainerName: 'web',
          ContainerPort: PORT,
          TargetGroupArn: ref(targetGroup),
          ...(advanced !== undefined && { AdvancedConfiguration: advanced }),
        },
      ],
      HealthCheckGracePeriodSeconds: 30,
      DeploymentConfiguration: deployment,
      Tags: tagList(FOR_LASTGOOD),
    },
  };
}

/** Registers the bad tasks in the family of the good ones, with their roles, and updates the service to them. */
export async function releaseTasks(
  { ecs }: Clients,
  {
    cluster,
    service: name,
    good,
  }: { readonly cluster: string; readonly service: string; readonly good: string },
): Promise<void> {
  const [, family] = /task-definition\/([^:]+):\d+$/.exec(good) ?? [];
  const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand({ ...webTasks(BAD), family }));
  await ecs.send(
    new UpdateServiceCommand({ cluster, service: name, taskDefinition: taskDefinition?.taskDefinitionArn }),
  );
}

/** Returns the address of a part behind the load balancer. */
export function address(outputs: Outputs, port: number): { readonly url: string } {
  return { url: `http://${outputs('Address')}:${port}/` };
}
