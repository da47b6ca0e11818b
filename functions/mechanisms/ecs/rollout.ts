import type { Deployment } from '../../../src/rollback/plan.ts';
import { changesBetween, isEmpty } from './configuration.ts';
import type { ServiceDeployment, ServiceRevision } from './ecs.ts';
import { toRevision } from './revisions.ts';
import { stateOf } from './status.ts';

/** The newest service deployment as the document knows it. */
export function toDeployment(
  newest: ServiceDeployment,
  revisions: ReadonlyMap<string, ServiceRevision>,
  condemned: Pick<ReadonlySet<string>, 'has'>,
): Deployment {
  return {
    id: newest.arn,
    state: stateOf(newest.status),
    startedAt: newest.createdAt,
    ...(newest.finishedAt !== null && { finishedAt: newest.finishedAt }),
    revision: toRevision(newest.revision, revisions),
    isRollback: newest.status === 'ROLLBACK_SUCCESSFUL' || replacesTheCondemned(newest, revisions, condemned),
  };
}

/**
 * A deployment by UpdateService carries no mark of who made it. It is a way back when it takes the place of a condemned
 * revision and deploys what another, older revision deploys too. The fix deploys something that was not there before.
 */
function replacesTheCondemned(
  { revision, sources }: ServiceDeployment,
  revisions: ReadonlyMap<string, ServiceRevision>,
  condemned: Pick<ReadonlySet<string>, 'has'>,
): boolean {
  const deployed = revisions.get(revision);
  if (deployed === undefined || condemned.has(revision)) return false;
  if (!sources.some((source) => condemned.has(source.revision))) return false;
  const others = [...revisions.values()].filter(({ arn }) => arn !== revision && !condemned.has(arn));
  return others.some(({ configuration }) => isEmpty(changesBetween(configuration, deployed.configuration)));
}
