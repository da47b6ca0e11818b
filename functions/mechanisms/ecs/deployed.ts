import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import { isNumberOf } from '../../../src/targets/kinds/ecs/numbered.ts';
import type { DeploymentLine, Ecs, Service, ServiceRevision } from './ecs.ts';
import { describeRevisions } from './revisions.ts';
import { serviceOf } from '../../../src/targets/kinds/ecs/target.ts';

/** How much an event's time may differ from ECS's own; the nearest deployment within it matches. */
const TOLERANCE_SECONDS = 180;

type Observed = Pick<ObservedRevision, 'target' | 'deployment' | 'completedAt'>;

/**
 * Returns the service revision that a completed deployment deployed. The event's id names it by number: it is one that
 * the service runs, or one that a deployment succeeded with. Otherwise the time of the end identifies it. Null: no
 * deployment ended then, or ECS no longer knows its revision.
 */
export async function deployedRevision(
  ecs: Pick<Ecs, 'deployments' | 'deployment' | 'revisions'>,
  observed: Observed,
  service: Pick<Service, 'revisions'>,
): Promise<ServiceRevision | null> {
  const revision = runningNumber(service, observed) ?? (await listed(ecs, observed));
  const revisions = await describeRevisions(ecs, [revision]);
  return revision === null ? null : (revisions.get(revision) ?? null);
}

/** Returns the running revision with the event's number, which needs no list of deployments. */
export function runningNumber(
  { revisions }: Pick<Service, 'revisions'>,
  { deployment }: Pick<Observed, 'deployment'>,
): string | null {
  return revisions.find(({ revision }) => isNumberOf(deployment, revision))?.revision ?? null;
}

async function listed(
  ecs: Pick<Ecs, 'deployments' | 'deployment'>,
  observed: Observed,
): Promise<string | null> {
  const lines = await ecs.deployments(serviceOf(observed.target));
  return numbered(lines, observed) ?? endedAt(ecs, lines, observed);
}

/** Returns the revision with the event's number. A rollback completes under the number of what it restored. */
function numbered(lines: readonly DeploymentLine[], { deployment }: Observed): string | null {
  const named = lines.find(
    ({ status, revision }) => status === 'SUCCESSFUL' && isNumberOf(deployment, revision),
  );
  return named?.revision ?? null;
}

async function endedAt(
  ecs: Pick<Ecs, 'deployment'>,
  lines: readonly DeploymentLine[],
  { completedAt }: Observed,
): Promise<string | null> {
  const finished = lines.filter(({ status }) => status === 'SUCCESSFUL' || status === 'ROLLBACK_SUCCESSFUL');
  const [nearest] = finished.toSorted(
    (one, other) => distance(one, completedAt) - distance(other, completedAt),
  );
  if (nearest === undefined || distance(nearest, completedAt) > TOLERANCE_SECONDS) return null;
  return nearest.status === 'SUCCESSFUL' ? nearest.revision : rolledBackTo(ecs, nearest);
}

/** Returns what a rollback deployed: it completes too, and deploys the revision that it restored. */
async function rolledBackTo(ecs: Pick<Ecs, 'deployment'>, { arn }: DeploymentLine): Promise<string | null> {
  return (await ecs.deployment(arn))?.rollbackRevision ?? null;
}

function distance({ finishedAt }: DeploymentLine, at: Instant): number {
  return finishedAt === null ? Infinity : Math.abs(secondsBetween(finishedAt, at));
}
