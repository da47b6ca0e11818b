import { MAX_RECENT_DEPLOYMENTS, type Deployment } from '../../../../src/rollback/plan.ts';
import { changesBetween as differencesBetween } from '../../../../src/rollback/traits.ts';
import { changesBetween, isEmpty } from '../configuration.ts';
import type { Recent } from '../blame.ts';
import type { Contents } from '../content.ts';
import type { ServiceDeployment, ServiceRevision } from '../ecs.ts';
import { toRevision } from '../revisions.ts';
import { wentBackTo } from './standing.ts';
import { stateOf } from '../status.ts';
import { imageTraits, serviceTraits } from '../traits.ts';

/** The facts that the entries are derived from. */
export interface Known {
  readonly revisions: ReadonlyMap<string, ServiceRevision>;
  readonly contents: Contents;
  readonly condemned: Pick<ReadonlySet<string>, 'has'>;
  readonly proven: Pick<ReadonlySet<string>, 'has'>;
}

/**
 * Returns a service's last deployments. After one that ECS rolled back comes that rollback, which has no id of its own.
 */
export function recentOf([newest, ...older]: Described, known: Known): Recent {
  const [first, ...others] = entriesOf(newest, known);
  const rest = [...others, ...older.flatMap((one) => entriesOf(one, known))];
  return [first, ...rest.slice(0, MAX_RECENT_DEPLOYMENTS - 1)];
}

/** Service deployments, newest first. */
export type Described = readonly [ServiceDeployment, ...ServiceDeployment[]];

function entriesOf(deployment: ServiceDeployment, known: Known): Recent {
  const itself = toDeployment(deployment, known);
  const wayBack = wayBackOf(deployment, known);
  return wayBack === null ? [itself] : [wayBack, itself];
}

/** Returns whether an entry is a service deployment, or ECS's own rollback of it. */
export function isFrom(arn: string, { id }: Deployment): boolean {
  return id === arn || id === wayBackFrom(arn);
}

function wayBackFrom(arn: string): string {
  return `${arn}#rollback`;
}

function wayBackOf(deployment: ServiceDeployment, { revisions, contents }: Known): Deployment | null {
  const { arn, status, createdAt, finishedAt, rollbackStartedAt } = deployment;
  const to = wentBackTo(deployment);
  if (status !== 'ROLLBACK_SUCCESSFUL' || to === null) return null;
  return {
    id: wayBackFrom(arn),
    state: 'completed',
    startedAt: rollbackStartedAt ?? createdAt,
    ...(finishedAt !== null && { finishedAt }),
    revision: toRevision(to, revisions),
    ...contentOf(to, contents),
    isRollback: true,
  };
}

function toDeployment(deployment: ServiceDeployment, known: Known): Deployment {
  const { arn, status, createdAt, revision } = deployment;
  return {
    id: arn,
    state: stateOf(status),
    startedAt: createdAt,
    ...endOf(deployment),
    revision: toRevision(revision, known.revisions),
    ...contentOf(revision, known.contents),
    ...changesOf(deployment, known),
    isRollback: replacesTheCondemned(deployment, known),
    ...(known.proven.has(revision) && { isProven: true }),
    ...(deployment.takesAll && { takesAll: true }),
  };
}

/**
 * Returns the end of a deployment. The tasks of a stopped or superseded one serve until another deployment has replaced
 * them. The tasks of one that ECS rolls back serve until the rollback ends.
 */
function endOf({ status, finishedAt }: ServiceDeployment): Pick<Deployment, 'finishedAt' | 'remains'> {
  const remains = stateOf(status) === 'failed' && status !== 'ROLLBACK_SUCCESSFUL';
  return { ...(finishedAt !== null && { finishedAt }), ...(remains && { remains }) };
}

function contentOf(id: string, contents: Contents): { readonly content?: string } {
  const content = contents.get(id);
  return content === undefined ? {} : { content };
}

/** Returns the changes, without reading a task definition if it stayed the same. */
function changesOf(
  { revision, sources }: ServiceDeployment,
  { revisions }: Known,
): { readonly changes?: readonly string[] } {
  const [source, another] = sources;
  const [to, from] = [revisions.get(revision), revisions.get(source?.revision ?? '')];
  if (to === undefined || from === undefined || another !== undefined) return {};
  if (to.configuration.taskDefinition !== from.configuration.taskDefinition) return {};
  const [before, after] = [from, to].map(({ images, configuration }) => ({
    ...imageTraits(images),
    ...serviceTraits(configuration),
  }));
  return { changes: differencesBetween(before ?? {}, after ?? {}) };
}

/**
 * Returns whether a deployment is a way back. UpdateService does not show who called it. A way back replaces a
 * condemned revision and deploys the content of an older one. A fix deploys new content.
 */
function replacesTheCondemned(
  { revision, sources }: ServiceDeployment,
  { revisions, contents, condemned }: Known,
): boolean {
  const deployed = revisions.get(revision);
  if (deployed === undefined || condemned.has(revision)) return false;
  if (!sources.some((source) => condemned.has(source.revision))) return false;
  const content = contents.get(revision);
  const isSame = ({ arn, configuration }: ServiceRevision) =>
    isEmpty(changesBetween(configuration, deployed.configuration)) ||
    (content !== undefined && contents.get(arn) === content);
  return [...revisions.values()].some(
    (one) => one.createdAt < deployed.createdAt && !condemned.has(one.arn) && isSame(one),
  );
}
