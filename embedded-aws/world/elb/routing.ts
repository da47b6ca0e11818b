import type { Action, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TargetId } from '../seams.ts';
import type { Changes } from '../changes.ts';
import { forwardsOf, stickySecondsOf, type Forward } from './forward.ts';
import type { HealthChecker } from './health.ts';
import { ZONES } from './load-balancers.ts';
import { findListener, findTargetGroup, rulesOf, type ElbState } from './state.ts';

/** The parts of a request that rules match. */
export interface HttpRequest {
  readonly host: string;
  readonly path: string;
}

export interface HostCounts {
  readonly healthy: number;
  readonly unhealthy: number;
  /** Registered targets that are not draining. */
  readonly registered: number;
}

/** The routing that the traffic uses. */
export interface Routing {
  /** ARNs of all listeners. */
  listeners(): readonly string[];
  /** ARN of the load balancer that a listener belongs to. */
  loadBalancerOf(listenerArn: string): string;
  /** The Availability Zones in which the load balancer of a listener has a node. */
  zonesOf(listenerArn: string): readonly string[];
  /** Returns the weighted groups for a request on a listener; none if its rule has another action. */
  forwards(listenerArn: string, request: HttpRequest): readonly Forward[];
  /** Returns how many seconds a user stays with a chosen target group; null if stickiness is off. */
  stickySeconds(listenerArn: string, request: HttpRequest): number | null;
  /** Returns the targets of a group that may get a new request. */
  eligible(targetGroupArn: string): readonly TargetId[];
  counts(targetGroupArn: string): HostCounts;
  /** Counts changes that may alter any result above. */
  readonly changes: Changes;
}

export function createRouting(state: ElbState, health: HealthChecker): Routing {
  const conditions = (targetGroupArn: string) => {
    const group = findTargetGroup(state, targetGroupArn);
    return [...group.targets.values()].map((each) => ({
      target: each.target,
      state: health.condition(group, each).state,
    }));
  };
  const actionsFor = (listenerArn: string, request: HttpRequest): readonly Action[] => {
    const rules = rulesOf(state, findListener(state, listenerArn));
    const rule = rules.find((each) => each.conditions.every((condition) => matches(condition, request)));
    return rule?.actions ?? [];
  };
  return {
    changes: state.changes,
    listeners: () => [...state.listeners.keys()],
    loadBalancerOf: (listenerArn) => findListener(state, listenerArn).loadBalancer.arn,
    zonesOf: () => ZONES,
    forwards: (listenerArn, request) => forwardsOf(actionsFor(listenerArn, request)),
    stickySeconds: (listenerArn, request) => stickySecondsOf(actionsFor(listenerArn, request)),
    /**
     * Only healthy targets. A group without any fails open to all that are not draining. A target still being checked
     * counts as unhealthy, which the page does not state.
     * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
     */
    eligible: (targetGroupArn) => {
      const present = conditions(targetGroupArn).filter((each) => each.state !== 'draining');
      const healthy = present.filter((each) => each.state === 'healthy');
      return (healthy.length > 0 ? healthy : present).map(({ target }) => target);
    },
    counts: (targetGroupArn) => {
      const states = conditions(targetGroupArn).map((each) => each.state);
      const count = (wanted: string): number => states.filter((each) => each === wanted).length;
      return {
        healthy: count('healthy'),
        unhealthy: count('unhealthy'),
        registered: states.length - count('draining'),
      };
    },
  };
}

/**
 * Returns whether a condition matches. Host headers ignore case, paths do not; `*` and `?` are wildcards. Other fields
 * are not modelled and match nothing, so their rule is skipped.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-update-rules.html
 */
function matches(condition: RuleCondition, { host, path }: HttpRequest): boolean {
  if (condition.Field === 'path-pattern')
    return (condition.PathPatternConfig?.Values ?? condition.Values ?? []).some((each) =>
      wildcard(each, '').test(path),
    );
  if (condition.Field === 'host-header')
    return (condition.HostHeaderConfig?.Values ?? condition.Values ?? []).some((each) =>
      wildcard(each, 'i').test(host),
    );
  return false;
}

function wildcard(pattern: string, flags: string): RegExp {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, flags);
}
