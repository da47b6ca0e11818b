import { InvalidRequest } from '../../../../src/rollback/errors.ts';
import type { Revision } from '../../../../src/rollback/plan.ts';
import { contentsOf, type Contents } from '../content.ts';
import { nameOf, type Ecs, type ServiceRevision } from '../ecs.ts';

/*
 * A service that ECS does not deploy itself has no service revisions. Its task definition can be deployed again after a
 * task set is gone, so its ARN is the revision's id.
 */

export function toRevision(taskDefinition: string): Revision {
  return { id: taskDefinition, name: nameOf(taskDefinition) };
}

export function isTaskDefinition(id: string): boolean {
  return id.includes(':task-definition/');
}

/** Reads what task definitions deploy, by their ARNs. */
export async function contentsOfDefinitions(
  arns: readonly string[],
  ecs: Pick<Ecs, 'taskDefinition'>,
): Promise<Contents> {
  const described = await Promise.all([...new Set(arns)].map((arn) => describeRevision(ecs, arn)));
  return contentsOf(described, ecs);
}

/** Returns the task definition as a revision of which only the content is known. */
export async function describeRevision(
  ecs: Pick<Ecs, 'taskDefinition'>,
  taskDefinition: string,
): Promise<ServiceRevision> {
  const { images, registeredAt } = await ecs.taskDefinition(taskDefinition);
  const nothing = { serviceArn: '', targetGroups: [] };
  return {
    arn: taskDefinition,
    createdAt: registeredAt ?? '',
    configuration: { taskDefinition },
    images,
    ...nothing,
  };
}

/**
 * Checks that a requested revision is a task definition of the running family: a person with permission to request a
 * rollback may not choose other code.
 * @throws InvalidRequest
 */
export async function checkRequested(
  ecs: Pick<Ecs, 'taskDefinition'>,
  wanted: string,
  running: string,
): Promise<void> {
  const { images } = await ecs.taskDefinition(wanted);
  if (images.length === 0)
    throw new InvalidRequest('request.revision', `ECS knows no task definition ${JSON.stringify(wanted)}`);
  if (familyOf(wanted) !== familyOf(running))
    throw new InvalidRequest('request.revision', `${wanted} is not of the family ${familyOf(running)}`);
}

function familyOf(taskDefinition: string): string {
  return taskDefinition.replace(/:\d+$/, '');
}
