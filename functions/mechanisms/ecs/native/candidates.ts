import { provenIds } from '../../../../src/ledger/among.ts';
import type { Entry } from '../../../../src/ledger/ledger.ts';
import type { Candidate } from '../candidate.ts';
import type { DeploymentLine, ServiceDeployment } from '../ecs.ts';

/** Limits each source: each candidate costs calls while the service is broken. */
const MAX_CANDIDATES_PER_SOURCE = 6;

/**
 * Lists what the ledger has proven, newest first, then the service's own deployments, without duplicates and unfit
 * ones.
 */
export function candidatesOf(
  entries: readonly Entry[],
  deployments: readonly DeploymentLine[],
  atFault: ServiceDeployment,
  isFit: (id: string) => boolean,
): readonly Candidate[] {
  const fit = (revisions: readonly string[]) =>
    [...new Set(revisions)].filter((id) => id !== '' && isFit(id)).slice(0, MAX_CANDIDATES_PER_SOURCE);
  const proven = fit(provenIds(entries));
  const deployed = fit(deployedBefore(deployments, atFault));
  return [
    ...proven.map((revision) => ({ revision, source: 'ledger' as const })),
    ...deployed
      .filter((id) => !proven.includes(id))
      .map((revision) => ({ revision, source: 'deployments' as const })),
  ];
}

/** Lists the revisions that were deployed before the deployment at fault began, newest first. */
export function deployedBefore(
  deployments: readonly DeploymentLine[],
  atFault: ServiceDeployment,
): readonly string[] {
  return [...succeededBefore(deployments, atFault), ...forgotten(deployments, atFault)];
}

/** Lists the revisions of deployments that had succeeded before the one at fault began, newest first. */
export function succeededBefore(
  deployments: readonly DeploymentLine[],
  { arn, createdAt }: DeploymentLine,
): readonly string[] {
  const began = Date.parse(createdAt);
  const finished = (line: DeploymentLine) =>
    line.finishedAt === null ? Infinity : Date.parse(line.finishedAt);
  return deployments
    .filter((line) => line.arn !== arn && line.status === 'SUCCESSFUL' && finished(line) <= began)
    .toSorted((one, other) => finished(other) - finished(one))
    .map(({ revision }) => revision);
}

/**
 * Returns the only revision that ran when the deployment at fault began, if the history no longer shows its deployment:
 * ECS forgets deployments after 90 days. A service without deployments for that long has no other candidate.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/view-service-deployment.html
 */
function forgotten(deployments: readonly DeploymentLine[], atFault: ServiceDeployment): readonly string[] {
  const source = soleSource(atFault);
  return source === null || deployments.some(({ revision }) => revision === source) ? [] : [source];
}

/** Returns the only revision that ran when a deployment began, or null if there was none or more than one. */
export function soleSource({ sources }: ServiceDeployment): string | null {
  const [only, another] = sources;
  return only === undefined || another !== undefined ? null : only.revision;
}
