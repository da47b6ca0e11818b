import type { Service, TaskDefinition } from '@aws-sdk/client-ecs';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ECS } from '../../../../src/readiness/ids/ecs.ts';
import type { GroupTimes } from './reads.ts';

const find = findIn(ECS);

/** The rung that stops a deployment waits so long (rungs.ts). */
const RUNG_SECONDS = 20 * 60;

/** A task that needs no longer to answer its first health check is quick. */
const QUICK_SECONDS = 20;

/**
 * Says whether the grace period fits. ECS replaces a task whose target turns unhealthy after it. A container says by the
 * start period of its own health check how long it may take.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-healthcheck.html
 */
export function ofGrace(
  { healthCheckGracePeriodSeconds: grace = 0 }: Service,
  groups: readonly GroupTimes[],
  definition: TaskDefinition | null,
): readonly Finding[] {
  if (groups.length === 0) return [];
  if (grace >= RUNG_SECONDS)
    return [
      find(
        'grace-misfit',
        `The health check grace period of ${grace} seconds is longer than a way back may take, so its failing tasks are not replaced in time.`,
        'Set healthCheckGracePeriodSeconds to a little more than a task needs to start.',
      ),
    ];
  const periods = (definition?.containerDefinitions ?? []).map(
    ({ healthCheck }) => healthCheck?.startPeriod ?? 0,
  );
  const starts = Math.max(QUICK_SECONDS, ...periods);
  const allowed = Math.max(grace, ...groups.map(({ unhealthySeconds }) => unhealthySeconds));
  if (allowed >= starts) return [];
  return [
    find(
      'grace-misfit',
      `A task that does not answer within ${allowed} seconds is replaced, and its containers may take ${starts} seconds to start.`,
      `Set healthCheckGracePeriodSeconds to more than ${starts}.`,
    ),
  ];
}

/** Requests in flight on a target that is deregistered get this time to end. */
export function ofDrain(groups: readonly GroupTimes[]): readonly Finding[] {
  return groups
    .filter(({ drainSeconds }) => drainSeconds === 0)
    .map(({ name, arn }) =>
      find(
        'drain-none',
        `Target group ${name} has a deregistration delay of 0, so going back cuts off requests in flight.`,
        `Set it: aws elbv2 modify-target-group-attributes --target-group-arn ${arn} --attributes Key=deregistration_delay.timeout_seconds,Value=30.`,
      ),
    );
}
