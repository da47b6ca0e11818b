import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { EcsState } from '../state.ts';
import { logOptions } from './write-logs.ts';
import type { Task, TaskContainer } from './task.ts';

/** Why a task cannot start. `container` has the reason too, where one container is the cause. */
export interface StartFault {
  readonly reason: string;
  readonly container?: TaskContainer;
}

/**
 * Returns why a task cannot start, or null. Secrets are read first, then images are pulled, then containers are created
 * with their log drivers. The words are those of
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
 */
export function faultAtStart(ecs: EcsState, task: Task): StartFault | null {
  const { containerDefinitions = [] } = task.rollout.revision.workload.taskDefinition.registered;
  return (
    secretFault(ecs, task, containerDefinitions) ?? imageFault(task) ?? logFault(ecs, containerDefinitions)
  );
}

function secretFault(
  { unreadable }: EcsState,
  { id }: Task,
  definitions: readonly ContainerDefinition[],
): StartFault | null {
  const named = definitions.flatMap(({ secrets = [] }) => secrets.map(({ valueFrom = '' }) => valueFrom));
  const found = named.find((valueFrom) => unreadable.has(valueFrom));
  if (found === undefined) return null;
  const isSecret = found.includes(':secretsmanager:');
  const from = isSecret ? 'secret from asm' : 'secrets from ssm';
  const because = unreadable.get(found) === 'denied' ? denied(found, id, isSecret) : missing(found, isSecret);
  return {
    reason: `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ${from}: service call has been retried 1 time(s): ${because}`,
  };
}

function denied(valueFrom: string, task: string, isSecret: boolean): string {
  const [action, what] = isSecret
    ? ['secretsmanager:GetSecretValue', `failed to fetch secret ${valueFrom} from secrets manager: `]
    : ['ssm:GetParameters', ''];
  return `${what}AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/checkout-execution/${task} is not authorized to perform: ${action} on resource: ${valueFrom} because no identity-based policy allows the ${action} action`;
}

function missing(valueFrom: string, isSecret: boolean): string {
  return isSecret
    ? `failed to fetch secret ${valueFrom} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`
    : `invalid ssm parameters: ${valueFrom}`;
}

function imageFault({ containers }: Task): StartFault | null {
  const container = containers.find(({ behaviour }) => behaviour === null);
  if (container === undefined) return null;
  const reason = `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${container.image}: not found`;
  return { reason, container };
}

function logFault({ logs }: EcsState, definitions: readonly ContainerDefinition[]): StartFault | null {
  const isMissing = definitions.some((definition) => {
    const options = logOptions(definition);
    return options !== null && !logs.hasGroup(options.group);
  });
  if (!isMissing) return null;
  return {
    reason:
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.',
  };
}
