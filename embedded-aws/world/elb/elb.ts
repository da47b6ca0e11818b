import type { Surroundings } from '../aws.ts';
import type { Backends, InstanceTargetGroups } from '../seams.ts';
import { normalise } from './forward.ts';
import { forwardsOf } from './forwards.ts';
import { deleteTargetGroupOperation } from './delete-target-group.ts';
import { deleteOperations } from './deletions.ts';
import { createHealthChecker, delaySeconds, type HealthChecker } from './health.ts';
import { defaultRule, listenerOperations } from './listeners.ts';
import { loadBalancerOperations } from './load-balancers.ts';
import { createRouting } from './routing.ts';
import { ruleOperations } from './rules.ts';
import {
  emptyState,
  findListener,
  findRule,
  findTargetGroup,
  putRule,
  tagsOf,
  targetKey,
  type ElbState,
} from './state.ts';
import { tagOperations } from './tags.ts';
import { targetGroupAttributeOperations } from './target-group-attributes.ts';
import { targetGroupOperations } from './target-groups.ts';
import { targetOperations } from './targets.ts';
import { HONOURED } from './honoured.ts';

export type Elb = ReturnType<typeof createElb>;

/**
 * Simulates Elastic Load Balancing v2: its API, health checks and routing. It has Application Load Balancers, and the
 * weights of Network Load Balancers.
 * https://aws.amazon.com/blogs/networking-and-content-delivery/network-load-balancers-now-support-weighted-target-groups
 */
export function createElb(surroundings: Surroundings, { backends }: { backends: () => Backends }) {
  const state = emptyState();
  const health = createHealthChecker(surroundings, state, backends);
  return {
    signingName: 'elasticloadbalancing',
    honoured: HONOURED,
    operations: {
      ...loadBalancerOperations(surroundings, state),
      ...listenerOperations(surroundings, state),
      ...ruleOperations(surroundings, state),
      ...targetGroupOperations(surroundings, state),
      ...targetGroupAttributeOperations(state),
      ...deleteTargetGroupOperation(state),
      ...deleteOperations(state),
      ...targetOperations(state, health),
      ...tagOperations(state),
    },
    ...targetGroups(state, health),
    ...createRouting(state, health),
    tagged: () => [...state.tags.keys()].map((arn) => ({ arn, tags: tagsOf(state, arn) })),
  };
}

/** Returns the interface for other AWS services, which have request limits of their own. */
function targetGroups(state: ElbState, health: HealthChecker): InstanceTargetGroups {
  return {
    changes: state.changes,
    port: (arn) => findTargetGroup(state, arn).port,
    register: (arn, target) => health.register(findTargetGroup(state, arn), target),
    deregister: (arn, target) => health.deregister(findTargetGroup(state, arn), target),
    state: (arn, target) => {
      const group = findTargetGroup(state, arn);
      const registration = group.targets.get(targetKey(target));
      return registration === undefined ? null : health.condition(group, registration).state;
    },
    deregistrationDelay: (arn) => delaySeconds(findTargetGroup(state, arn)),
    pointRule: (arn, weights) => {
      const rule = arn.includes(':listener/')
        ? defaultRule(state, findListener(state, arn))
        : findRule(state, arn);
      const groups = weights.map((each) => ({ TargetGroupArn: each.targetGroupArn, Weight: each.weight }));
      const actions = normalise(state, [{ Type: 'forward', ForwardConfig: { TargetGroups: groups } }]);
      putRule(state, { ...rule, actions });
    },
    weights: (arn) =>
      state.rules
        .using(arn)
        .flatMap(({ actions }) =>
          forwardsOf(actions).flatMap((each) => (each.targetGroupArn === arn ? [each.weight] : [])),
        ),
  };
}
