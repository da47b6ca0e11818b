import type { Entry } from '../../../src/ledger/ledger.ts';
import { isProvenIn } from '../../../src/ledger/among.ts';
import { isOurs } from '../../../src/aws/code-deploy/description.ts';
import { MAX_RECENT_DEPLOYMENTS, type Deployment as Known } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Deployment, Details } from './appconfig.ts';
import { revisionIn } from './revision.ts';
import { isComplete, isGoingBack, isInFlight, wentBack } from './states.ts';

/** The profile's deployments, newest first, and the details of those that were read. */
export interface Past {
  readonly own: readonly Deployment[];
  readonly details: ReadonlyMap<number, Details>;
  readonly entries: readonly Entry[];
}

/** Returns the last completed deployment before one, which AppConfig goes back to. Null: there is none. */
export function before(
  own: readonly Deployment[],
  { number }: Pick<Deployment, 'number'>,
): Deployment | null {
  return own.find((one) => one.number < number && isComplete(one)) ?? null;
}

/**
 * Returns the last deployments, newest first. A revert is no deployment of AppConfig. It is listed as one, because it gave
 * clients another version, if it is known when it was.
 */
export function recentOf(past: Past): readonly Known[] {
  const all = past.own.flatMap((one, at) => [...revertOf(one, past), toKnown(one, past.own[at - 1], past)]);
  return all.slice(0, MAX_RECENT_DEPLOYMENTS);
}

function revertOf(deployment: Deployment, { own, details }: Past): readonly Known[] {
  const at = details.get(deployment.number)?.last?.at;
  const to = before(own, deployment);
  if (deployment.state !== 'REVERTED' || at === undefined || to === null) return [];
  const id = `${deployment.number}-reverted`;
  return [
    {
      ...{ id, state: 'completed', startedAt: at, finishedAt: at, revision: revisionIn(to) },
      ...{ content: to.version, isRollback: true },
    },
  ];
}

function toKnown(one: Deployment, next: Deployment | undefined, { details, entries }: Past): Known {
  const known = details.get(one.number);
  const finishedAt = endOf(one, next, known?.last?.at);
  return {
    ...{ id: String(one.number), state: stateOf(one, known !== undefined), startedAt: one.startedAt },
    ...(finishedAt !== null && { finishedAt }),
    ...{ revision: revisionIn(one), content: one.version },
    isRollback: known !== undefined && isOurs(known),
    ...(isStopped(one, known) && { isCancelled: true as const }),
    ...(one.grows && { divides: true as const }),
    ...(isProvenIn(entries, one.version, one.startedAt) && { isProven: true as const }),
  };
}

/** Says whether a person or a tool stopped it. An alarm or AppConfig itself ends one that failed. */
function isStopped(one: Deployment, known: Details | undefined): boolean {
  return one.state === 'ROLLED_BACK' && known?.last?.by === 'USER';
}

/** A revert that is listed as a deployment leaves this one completed. */
function stateOf(one: Deployment, isRead: boolean): Known['state'] {
  if (isInFlight(one)) return 'in-flight';
  if (isGoingBack(one)) return 'rolling-back';
  return isComplete(one) || (one.state === 'REVERTED' && isRead) ? 'completed' : 'failed';
}

/** Clients had a deployment that went back until then. If that time was not read: until the next one began. */
function endOf(one: Deployment, next: Deployment | undefined, last: Instant | undefined): Instant | null {
  if (isInFlight(one) || isGoingBack(one)) return null;
  if (!wentBack(one)) return one.completedAt;
  if (one.state === 'REVERTED' && last !== undefined) return one.completedAt;
  return last ?? next?.startedAt ?? one.completedAt;
}
