import { inBatches } from '../../../src/aws/batches.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import { nameOf, type Ecs, type ServiceRevision } from './ecs.ts';

/** The limit of one DescribeServiceRevisions. */
export const MAX_REVISIONS_PER_CALL = 20;

/**
 * Limits the calls of one plan, because ECS allows 50 at once and 20 a second.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 */
const MAX_CALLS = 2;

type Reads = Pick<Ecs, 'revisions'>;
type Ids = readonly (string | null)[];

/** Describes revisions in batches, without those that ECS no longer knows. */
export async function describeRevisions(
  ecs: Reads,
  arns: Ids,
): Promise<ReadonlyMap<string, ServiceRevision>> {
  const pages = inBatches(without(arns), MAX_REVISIONS_PER_CALL).map((some) => ecs.revisions(some));
  return new Map((await Promise.all(pages)).flat().map((revision) => [revision.arn, revision]));
}

/** The service revisions that one plan reads, each once. */
export interface Revisions {
  /** Those that were read and that ECS knows. */
  readonly known: ReadonlyMap<string, ServiceRevision>;
  readonly wasRead: (arn: string) => boolean;
  /** Reads the first of these in one call, if the limit allows one. */
  read(arns: Ids): Promise<void>;
}

export function revisionsOf(ecs: Reads): Revisions {
  const known = new Map<string, ServiceRevision>();
  const asked = new Set<string>();
  let calls = 0;
  return {
    known,
    wasRead: (arn) => asked.has(arn),
    read: async (arns) => {
      const some = without(arns, asked).slice(0, MAX_REVISIONS_PER_CALL);
      if (some.length === 0 || calls === MAX_CALLS) return;
      calls += 1;
      for (const arn of some) asked.add(arn);
      for (const one of await ecs.revisions(some)) known.set(one.arn, one);
    },
  };
}

function without(arns: Ids, asked: ReadonlySet<string> = new Set()): readonly string[] {
  return [...new Set(arns)].filter((arn): arn is string => arn !== null && arn !== '' && !asked.has(arn));
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
