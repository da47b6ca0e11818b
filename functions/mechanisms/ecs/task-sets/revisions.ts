import { InvalidRequest } from '../../../../src/rollback/errors.ts';
import type { Revision } from '../../../../src/rollback/plan.ts';
import { contentByName, contentOf, type Contents } from '../content.ts';
import type { Definitions } from '../definitions.ts';
import { nameOf, type ServiceRevision } from '../ecs.ts';

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

/** Returns what task definitions deploy, by their ARNs: as they were read, as the ledger keeps it, or by name. */
export function contentsOfDefinitions(
  arns: readonly string[],
  definitions: Pick<Definitions, 'get'>,
  kept: Contents,
): Contents {
  const contents = [...new Set(arns)].map((arn) => {
    const settings = definitions.get(arn)?.settings ?? null;
    return settings === null
      ? ([arn, kept.get(arn) ?? contentByName(arn)] as const)
      : ([arn, contentOf(revisionOf(arn, definitions), new Map([[arn, settings]]))] as const);
  });
  return new Map(contents.filter((one): one is readonly [string, string] => one[1] !== null));
}

/** Returns the task definition as a revision of which only the content is known, if it was read. */
export function revisionOf(taskDefinition: string, definitions: Pick<Definitions, 'get'>): ServiceRevision {
  const { images = [], registeredAt = null } = definitions.get(taskDefinition) ?? {};
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
export function checkRequested(definitions: Pick<Definitions, 'get'>, wanted: string, running: string): void {
  if ((definitions.get(wanted)?.images ?? []).length === 0)
    throw new InvalidRequest('request.revision', `ECS knows no task definition ${JSON.stringify(wanted)}`);
  if (familyOf(wanted) !== familyOf(running))
    throw new InvalidRequest('request.revision', `${wanted} is not of the family ${familyOf(running)}`);
}

function familyOf(taskDefinition: string): string {
  return taskDefinition.replace(/:\d+$/, '');
}
