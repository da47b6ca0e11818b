import { RegisterTaskDefinitionCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { Clients } from '../clients.ts';
import { attribute, raised, ref, tagList, type Resource } from '../cloudformation.ts';
import { FOR_LASTGOOD } from '../tags.ts';
import type { Outputs } from './part.ts';
import { PORT, webTasks } from './web.ts';

export const TASKS = 2;

/** Returns a task definition of the template, with both roles. */
export function tasksOf(errors: number): Resource {
  const roles = {
    TaskRoleArn: attribute('TaskRole', 'Arn'),
    ExecutionRoleArn: attribute('ExecutionRole', 'Arn'),
  };
  const properties = raised(webTasks(errors)) as Resource['Properties'];
  return { Type: 'AWS::ECS::TaskDefinition', Properties: { ...properties, ...roles } };
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
  /** Whether ECS Exec is on. */
  readonly hasExec?: boolean;
}

export function service({
  taskDefinition,
  after,
  targetGroup,
  deployment,
  advanced,
  tasks = TASKS,
  hasExec = false,
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
      EnableExecuteCommand: hasExec,
      DeploymentConfiguration: deployment,
      Tags: tagList(FOR_LASTGOOD),
    },
  };
}

/** Registers tasks in the family of the service's first ones, with their roles, and updates the service to them. */
export async function releaseTasks(
  { ecs }: Clients,
  outputs: Outputs,
  { service: name, first, errors }: Release,
): Promise<void> {
  const [, family] = /task-definition\/([^:]+):\d+$/.exec(outputs(first)) ?? [];
  const roles = { taskRoleArn: outputs('TaskRole'), executionRoleArn: outputs('ExecutionRole') };
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({ ...webTasks(errors), ...roles, family }),
  );
  const named = { cluster: outputs('Cluster'), service: outputs(name) };
  await ecs.send(new UpdateServiceCommand({ ...named, taskDefinition: taskDefinition?.taskDefinitionArn }));
}

/** Keys of the outputs that name the service and its first task definition. */
interface Release {
  readonly service: string;
  readonly first: string;
  readonly errors: number;
}

/** Returns the address of a part behind the load balancer. */
export function address(outputs: Outputs, port: number): { readonly url: string } {
  return { url: `http://${outputs('Address')}:${port}/` };
}
