import { isInFlight } from '../../../../src/aws/code-deploy/own-rollback.ts';
import type { Entry } from '../../../../src/ledger/ledger.ts';
import { isProvenIn } from '../../../../src/ledger/among.ts';
import type { Deployment } from '../../../../src/rollback/plan.ts';
import type { Recent } from '../blame.ts';
import type { Contents } from '../content.ts';
import { toRevision } from '../task-sets/revisions.ts';
import type { TaskSet } from '../task-sets/task-sets.ts';
import type { CodeDeployment } from './code-deploy.ts';
import { isOurs } from '../../../../src/aws/code-deploy/description.ts';
import type { Standing } from './standing.ts';

/** Limits the deployments that are read: each may cost a call for its AppSpec file. */
const MAX_DEPLOYMENTS = 8;

/**
 * Returns the deployments that show what ran when, newest first. A rollback by CodeDeploy counts as the deployment that
 * it rolls back until it has ended; a failed one deployed nothing.
 */
export function shownOf(deployments: readonly CodeDeployment[]): readonly CodeDeployment[] {
  const isShown = ({ rollbackOf, status }: CodeDeployment) => rollbackOf === null || status === 'Succeeded';
  return deployments.filter(isShown).slice(0, MAX_DEPLOYMENTS);
}

/** The facts that the entries are derived from. */
export interface Known {
  readonly standing: Standing;
  readonly deployments: readonly CodeDeployment[];
  readonly sets: readonly TaskSet[];
  /** ARN of the task definition that each deploys, by its id; a missing one is unknown. */
  readonly deployed: ReadonlyMap<string, string>;
  readonly contents: Contents;
  readonly entries: readonly Entry[];
}

/** Returns a group's last deployments. */
export function recentOf([newest, ...older]: Shown, known: Known): Recent {
  return [toEntry(newest, known), ...older.map((one) => toEntry(one, known))];
}

export type Shown = readonly [CodeDeployment, ...CodeDeployment[]];

function toEntry(one: CodeDeployment, known: Known): Deployment {
  const { standing, deployed, contents, entries } = known;
  const taskDefinition = deployed.get(one.id);
  const content = taskDefinition === undefined ? undefined : contents.get(taskDefinition);
  const isTakenBack = standing.state === 'rolling-back' && standing.atFault.id === one.id;
  return {
    id: one.id,
    state: isTakenBack ? 'rolling-back' : stateOf(one),
    startedAt: one.createdAt,
    ...(!isTakenBack && endOf(one, known)),
    // Only a deployment whose AppSpec file is not kept has no name.
    revision: taskDefinition === undefined ? { id: one.id, name: one.id } : toRevision(taskDefinition),
    ...(content !== undefined && { content }),
    isRollback: one.rollbackOf !== null || isOurs(one),
    ...(one.divides && { divides: true }),
    ...(isProvenIn(entries, taskDefinition ?? '', one.createdAt) && { isProven: true }),
  };
}

function stateOf(deployment: CodeDeployment): Deployment['state'] {
  if (isInFlight(deployment)) return 'in-flight';
  return deployment.status === 'Succeeded' ? 'completed' : 'failed';
}

/**
 * Returns the end of a deployment. A failed one ends when it was rolled back or its tasks are gone, which may have
 * traffic.
 */
function endOf(
  one: CodeDeployment,
  { deployments, sets }: Known,
): Pick<Deployment, 'finishedAt' | 'remains'> {
  const { id, status, finishedAt, rolledBackBy } = one;
  if (finishedAt === null) return {};
  if (status === 'Succeeded') return { finishedAt };
  const rollback = deployments.find((other) => other.id === rolledBackBy && other.status === 'Succeeded');
  if (rollback?.finishedAt != null) return { finishedAt: rollback.finishedAt };
  const remains = sets.some(({ externalId }) => externalId === id);
  return { finishedAt, ...(remains && { remains }) };
}
