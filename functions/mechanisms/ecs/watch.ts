import type { Plan, Watch } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import type { Service, ServiceDeployment, ServiceRevision } from './ecs.ts';
import type { ServiceName } from '../../../src/targets/kinds/ecs/target.ts';

/** Returns what Verify checks after the rollback. */
export function watchOf(
  { cluster, service: name }: ServiceName,
  service: Service,
  targetGroups: readonly string[],
  request: Request,
): Watch {
  const watched = watchedGroups(service, targetGroups);
  return {
    ...watchFor(service.tags, request, watched, service.alarms),
    tasks: { cluster, service: name },
  };
}

/** Returns each group once, with as many healthy targets as the service wants tasks. */
export function watchedGroups(service: Service, arns: readonly string[]): Watch['targetGroups'] {
  return [...new Set(arns)].map((arn) => ({ arn, wanted: wantedTasks(service) }));
}

/** Says of a plan that the service is to run no tasks. */
export function wantsNone({ desired }: Pick<Service, 'desired'>): Pick<Plan, 'wantsNone'> {
  return desired > 0 ? {} : { wantsNone: 'The desired count is 0' };
}

/** Notes in a plan that the rollback serves no users if an operator scaled the service to zero. */
export function emptyNote({ desired }: Pick<Service, 'desired'>): readonly string[] {
  return desired > 0
    ? []
    : [
        'the service wants no tasks at all: the restored revision serves no users until an operator scales it up',
      ];
}

/**
 * Notes in a plan that the desired count was lowered since the release began, which the way back leaves as it is. A rollout that was in
 * flight has tasks of two revisions, together more than were desired. Unknown: source-requested-count.
 */
export function loweredNote(
  { desired }: Pick<Service, 'desired'>,
  { sources }: Pick<ServiceDeployment, 'sources'>,
): readonly string[] {
  const [before, another] = sources.filter(({ requested }) => requested > 0);
  if (before === undefined || another !== undefined || before.requested <= desired) return [];
  return [
    `the desired count went from ${before.requested} to ${desired} since the release began: the way back leaves it so`,
  ];
}

/** Returns the highest known desired count, because desired counts never decrease. */
function wantedTasks({ desired, revisions }: Service): number {
  return Math.max(desired, ...revisions.map(({ requested }) => requested));
}

/**
 * Returns the target groups that will carry the traffic. ECS's own rollback returns to those of the old revision. A new
 * deployment of a service with an alternate target group uses the free one.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 */
export function targetGroupsAfter(
  native: boolean,
  to: ServiceRevision,
  atFault: ServiceRevision,
): readonly string[] {
  const pairs = to.configuration.loadBalancers ?? [];
  if (native || pairs.length === 0) return to.targetGroups;
  return pairs.flatMap(({ targetGroupArn, advancedConfiguration }) => {
    const alternate = advancedConfiguration?.alternateTargetGroupArn;
    if (targetGroupArn === undefined || alternate === undefined) return targetGroupArn ?? [];
    return atFault.targetGroups.includes(targetGroupArn) ? alternate : targetGroupArn;
  });
}
