import type { Instant } from '../../../src/rollback/request.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import type { DeploymentLine, Ecs, ServiceRevision } from './ecs.ts';
import { describeRevisions } from './revisions.ts';
import { serviceOf } from '../../../src/targets/kinds/ecs/target.ts';

/** How much an event's time may differ from ECS's own; the nearest deployment within it matches. */
const TOLERANCE_SECONDS = 180;

/**
 * Returns the service revision that a completed deployment deployed. The event's id (`ecs-svc/…`) is not the service
 * deployment's, so the time of its end identifies it. Null: no deployment ended then, or ECS no longer knows its
 * revision.
 */
export async function deployedRevision(
  ecs: Pick<Ecs, 'deployments' | 'deployment' | 'revisions'>,
  { target, completedAt }: { readonly target: string; readonly completedAt: Instant },
): Promise<ServiceRevision | null> {
  const lines = await ecs.deployments(serviceOf(target));
  const finished = lines.filter(({ status }) => status === 'SUCCESSFUL' || status === 'ROLLBACK_SUCCESSFUL');
  const [nearest] = finished.toSorted(
    (one, other) => distance(one, completedAt) - distance(other, completedAt),
  );
  if (nearest === undefined || distance(nearest, completedAt) > TOLERANCE_SECONDS) return null;
  const revision = nearest.status === 'SUCCESSFUL' ? nearest.revision : await rolledBackTo(ecs, nearest);
  const revisions = await describeRevisions(ecs, [revision]);
  return revision === null ? null : (revisions.get(revision) ?? null);
}

/** Returns what a rollback deployed: it completes too, and deploys the revision that it restored. */
async function rolledBackTo(ecs: Pick<Ecs, 'deployment'>, { arn }: DeploymentLine): Promise<string | null> {
  return (await ecs.deployment(arn))?.rollbackRevision ?? null;
}

function distance({ finishedAt }: DeploymentLine, at: Instant): number {
  return finishedAt === null ? Infinity : Math.abs(secondsBetween(finishedAt, at));
}
