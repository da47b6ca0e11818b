import { inBatches } from '../../../src/aws/batches.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import { nameOf, type Ecs, type ServiceRevision } from './ecs.ts';

/** The most that one DescribeServiceRevisions takes. */
const MAX_REVISIONS_PER_CALL = 20;

/** Describes revisions, as many at a time as ECS does; what it no longer knows is left out. */
export async function describeRevisions(
  ecs: Pick<Ecs, 'revisions'>,
  arns: readonly (string | null)[],
): Promise<ReadonlyMap<string, ServiceRevision>> {
  const wanted = [...new Set(arns.filter((arn) => arn !== null && arn !== ''))] as string[];
  const pages = inBatches(wanted, MAX_REVISIONS_PER_CALL).map((some) => ecs.revisions(some));
  return new Map((await Promise.all(pages)).flat().map((revision) => [revision.arn, revision]));
}

/** A revision as the document names it; one that ECS no longer describes keeps its id for a name. */
export function toRevision(arn: string, revisions: ReadonlyMap<string, ServiceRevision>): Revision {
  const taskDefinition = revisions.get(arn)?.configuration.taskDefinition;
  return { id: arn, name: taskDefinition === undefined ? nameOf(arn) : nameOf(taskDefinition) };
}

/** Stands in for a revision at fault that ECS no longer describes: everything about it differs from every other. */
export function unknownRevision(arn: string): ServiceRevision {
  const nothing = { configuration: { taskDefinition: '' }, images: [], targetGroups: [] };
  return { arn, serviceArn: '', createdAt: '', ...nothing };
}
