import type { Watch } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import type { Service, ServiceRevision } from './ecs.ts';
import type { ServiceName } from '../../../src/targets/kinds/ecs/target.ts';

/** What Verify looks at after the service went back. */
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

/** Each of them once, with as many healthy targets as the service wants tasks. */
export function watchedGroups(service: Service, arns: readonly string[]): Watch['targetGroups'] {
  return [...new Set(arns)].map((arn) => ({ arn, wanted: wantedTasks(service) }));
}

/** Says in a plan that going back serves nobody, where somebody scaled the service to nothing. */
export function emptyNote({ desired }: Pick<Service, 'desired'>): readonly string[] {
  return desired > 0
    ? []
    : ['the service wants no tasks at all: what is brought back serves nobody until it is scaled up'];
}

/** Desired counts never go down: the most that anybody has asked for. */
function wantedTasks({ desired, revisions }: Service): number {
  return Math.max(desired, ...revisions.map(({ requested }) => requested));
}

/**
 * The target groups that carry the traffic afterwards. ECS's own rollback returns to those of the old revision. A new
 * deployment of a service with an alternate target group goes to the one that is not in use now.
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
