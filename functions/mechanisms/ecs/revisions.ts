import { inBatches } from '../../../src/aws/batches.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import { nameOf, type Ecs, type ServiceRevision } from './ecs.ts';

/** The limit of one DescribeServiceRevisions. */
export const MAX_REVISIONS_PER_CALL = 20;

/** Describes revisions in batches, without those that ECS no longer knows. */
export async function describeRevisions(
  ecs: Pick<Ecs, 'revisions'>,
  arns: readonly (string | null)[],
): Promise<ReadonlyMap<string, ServiceRevision>> {
  const wanted = [...new Set(arns.filter((arn) => arn !== null && arn !== ''))] as string[];
  const pages = inBatches(wanted, MAX_REVISIONS_PER_CALL).map((some) => ecs.revisions(some));
  return new Map((await Promise.all(pages)).flat().map((revision) => [revision.arn, revision]));
}

/** Returns a revision as the document names it. If ECS no longer describes it, its id is its name. */
export function toRevision(arn: string, revisions: ReadonlyMap<string, ServiceRevision>): Revision {
  const taskDefinition = revisions.get(arn)?.configuration.taskDefinition;
  return { id: arn, name: taskDefinition === undefined ? nameOf(arn) : nameOf(taskDefinition) };
}

/**
 * Returns a placeholder for a revision at fault that ECS no longer describes. It differs from every other in
 * everything.
 */
export function unknownRevision(arn: string): ServiceRevision {
  const nothing = { configuration: { taskDefinition: '' }, images: [], targetGroups: [] };
  return { arn, serviceArn: '', createdAt: '', ...nothing };
}
