import type { Instant } from '../../../../src/rollback/request.ts';
import { isAfter, secondsBetween } from '../../../../src/rollback/time.ts';
import type { ObservedDeployment, Seen, Sight, Unit } from '../../../../src/targets/kind.ts';
import type { Group, LastDeployment } from '../codedeploy.ts';
import type { Failures } from './failures.ts';

/** Reports deployments that ended this recently: a sweep may miss a few minutes, and a round may take some. */
const ENDED_WITHIN_SECONDS = 60 * 60;
/** An operator has already noticed an older failure, unless it came after the last sight. */
const FAILED_WITHIN_SECONDS = 10 * 60;

/**
 * Returns what a page shows of a group: its last deployments, because CodeDeploy's events are best effort. Leaves out a
 * group of ECS, which the events of ECS report.
 */
export function seenOf(
  unit: Unit,
  group: Group,
  failures: Pick<Failures, 'errorOf'>,
  now: Instant,
): readonly Seen[] {
  if (group.platform === 'ECS') return [];
  const { lastAttempted, lastSuccessful } = group;
  const failed = lastFailure(group, now);
  const isUnknown = failed !== null && failures.errorOf(failed.id) === null;
  return [
    {
      unit,
      target: targetOf(group),
      content: JSON.stringify([lastSuccessful?.id, lastAttempted?.id, lastAttempted?.status]),
      isMoving: isUnknown || (lastAttempted !== null && lastAttempted.finishedAt === null),
      observed: (sight) =>
        Promise.resolve([
          ...started(group, sight.at),
          ...completed(group, sight.at),
          ...failedOf(group, failures, sight),
        ]),
    },
  ];
}

/** Returns the last attempt, if it failed or was stopped within the hour. Its page does not say why. */
export function lastFailure({ lastAttempted: last }: Group, now: Instant): LastDeployment | null {
  const isOne = last !== null && (last.status === 'Failed' || last.status === 'Stopped');
  return isOne && endedWithin(last, now, ENDED_WITHIN_SECONDS) !== null ? last : null;
}

/** Returns the deployment in flight, whose event may have been lost. */
function started(group: Group, now: Instant): readonly ObservedDeployment[] {
  const last = group.lastAttempted;
  if (last === null || last.finishedAt !== null) return [];
  const { id: deployment, createdAt } = last;
  return [{ target: targetOf(group), deployment, state: 'started', at: createdAt ?? now, reason: '' }];
}

function completed(group: Group, now: Instant): readonly ObservedDeployment[] {
  const last = group.lastSuccessful;
  const at = endedWithin(last, now, ENDED_WITHIN_SECONDS);
  if (last === null || at === null) return [];
  return [{ target: targetOf(group), deployment: last.id, state: 'completed', at, reason: '' }];
}

/** Counts a deployment as failed if an alarm stopped it, but not if an operator did. */
function failedOf(
  group: Group,
  { errorOf }: Pick<Failures, 'errorOf'>,
  { at, before }: Sight,
): readonly ObservedDeployment[] {
  const last = lastFailure(group, at);
  const reason = last === null ? null : errorOf(last.id);
  if (last?.finishedAt == null || reason === null) return [];
  const isNew = before !== null && isAfter(last.finishedAt, before);
  if (!isNew && endedWithin(last, at, FAILED_WITHIN_SECONDS) === null) return [];
  if (last.status === 'Stopped' && !reason.startsWith('ALARM_ACTIVE')) return [];
  return [{ target: targetOf(group), deployment: last.id, state: 'failed', at: last.finishedAt, reason }];
}

function endedWithin(last: LastDeployment | null, now: Instant, seconds: number): Instant | null {
  const at = last?.finishedAt ?? null;
  return at !== null && secondsBetween(at, now) <= seconds ? at : null;
}

function targetOf({ name: { application, group } }: Group): string {
  return `codedeploy:${application}/${group}`;
}
