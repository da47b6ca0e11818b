import type { Action, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TargetId } from '../seams.ts';
import type { Changes } from '../changes.ts';
import { forwardsOf, stickySecondsOf, type Forward } from './forwards.ts';
import type { HealthChecker } from './health.ts';
import { ZONES } from './load-balancers.ts';
import { ownAnswerOf } from './own-answers.ts';
import {
  findListener,
  findTargetGroup,
  type ElbState,
  type Listener,
  type LoadBalancer,
  type TargetGroup,
} from './state.ts';
import { remembered } from '../remembered.ts';

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

/** The servers of a target group. */
export interface Servers {
  /** The targets that may get a new request. */
  readonly eligible: readonly TargetId[];
  readonly counts: HostCounts;
}

/** A load balancer, as its clients find it. */
export interface NamedBalancer extends Pick<LoadBalancer, 'arn' | 'type' | 'scheme'> {
  readonly zones: readonly string[];
  readonly listeners: readonly Pick<Listener, 'arn' | 'port' | 'protocol'>[];
}

/** The routing that the traffic uses. */
export interface Routing {
  /** Returns the load balancer of a DNS name; null if none has that name. */
  named(dnsName: string): NamedBalancer | null;
  portOf(listenerArn: string): number;
  /** ARNs of all listeners. */
  listeners(): readonly string[];
  /** ARN of the load balancer that a listener belongs to. */
  loadBalancerOf(listenerArn: string): string;
  /** The Availability Zones in which the load balancer of a listener has a node. */
  zonesOf(listenerArn: string): readonly string[];
  /** Returns the weighted groups for a request on a listener; none if its rule has another action. */
  forwards(listenerArn: string, request: HttpRequest): readonly Forward[];
  /** Returns the status that the load balancer answers without a target to a new user; null if a target answers. */
  ownAnswer(listenerArn: string, request: HttpRequest): number | null;
  /** Returns how many seconds a user stays with a chosen target group; null if stickiness is off. */
  stickySeconds(listenerArn: string, request: HttpRequest): number | null;
  /** Returns the targets of a group that may get a new request. */
  eligible(targetGroupArn: string): readonly TargetId[];
  counts(targetGroupArn: string): HostCounts;
  /** Returns both. The object is the same until one of them may have changed. */
  servers(targetGroupArn: string): Servers;
  /** Counts changes that may alter any result above. */
  readonly changes: Changes;
  /** Counts those that may alter the forwards and the stickiness. */
  readonly routes: Changes;
}

export function createRouting(state: ElbState, health: HealthChecker): Routing {
  const { changes, routes } = state;
  const actionsFor = (listenerArn: string, request: HttpRequest): readonly Action[] => {
    const rules = state.rules.of(findListener(state, listenerArn));
    const rule = rules.find((each) => each.conditions.every((condition) => matches(condition, request)));
    return rule?.actions ?? [];
  };
  /** The servers of each group, until one of its targets changes, or a route that may put it into use. */
  const known = routes.remembering((_: string): { version: number; servers: Servers | null } => ({
    ...{ version: -1, servers: null },
  }));
  const servers = (targetGroupArn: string): Servers => {
    const group = findTargetGroup(state, targetGroupArn);
    const before = known(targetGroupArn);
    if (before.servers === null || before.version !== group.version)
      Object.assign(before, { version: group.version, servers: serversOf(group, health) });
    return before.servers ?? serversOf(group, health);
  };
  return {
    changes,
    routes,
    named: (dnsName) => named(state, dnsName),
    portOf: (listenerArn) => findListener(state, listenerArn).port,
    listeners: () => [...state.listeners.keys()],
    loadBalancerOf: (listenerArn) => findListener(state, listenerArn).loadBalancer.arn,
    zonesOf: () => ZONES,
    forwards: (listenerArn, request) => forwardsOf(actionsFor(listenerArn, request)),
    ownAnswer: (listenerArn, request) => ownAnswerOf(actionsFor(listenerArn, request)),
    stickySeconds: (listenerArn, request) => stickySecondsOf(actionsFor(listenerArn, request)),
    servers,
    eligible: (targetGroupArn) => servers(targetGroupArn).eligible,
    counts: (targetGroupArn) => servers(targetGroupArn).counts,
  };
}

/** Ignores the prefix of aliases, `dualstack.`, case, and the dot of the root. */
function named({ loadBalancers, listeners }: ElbState, dnsName: string): NamedBalancer | null {
  const name = dnsName
    .toLowerCase()
    .replace(/^dualstack\./, '')
    .replace(/\.$/, '');
  const found = [...loadBalancers.values()].find(({ dns }) => dns.toLowerCase() === name);
  if (found === undefined) return null;
  const own = [...listeners.values()].filter(({ loadBalancer }) => loadBalancer === found);
  const { arn, type, scheme } = found;
  return { arn, type, scheme, zones: ZONES, listeners: own };
}

/**
 * Returns the targets that may get a request: only healthy ones. A group without any fails open to all that are not
 * draining. A target still being checked counts as unhealthy, which the page does not state.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
function serversOf(group: TargetGroup, health: HealthChecker): Servers {
  const all = [...group.targets.values()].map((each) => ({
    target: each.target,
    state: health.condition(group, each).state,
  }));
  const present = all.filter(({ state }) => state !== 'draining');
  const healthy = present.filter(({ state }) => state === 'healthy');
  const unhealthy = present.filter(({ state }) => state === 'unhealthy').length;
  return {
    eligible: (healthy.length > 0 ? healthy : present).map(({ target }) => target),
    counts: { healthy: healthy.length, unhealthy, registered: present.length },
  };
}

/**
 * Returns whether a condition matches. Host headers ignore case, paths do not; `*` and `?` are wildcards. Other fields
 * are not modelled and match nothing, so their rule is skipped.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-update-rules.html
 */
function matches(condition: RuleCondition, { host, path }: HttpRequest): boolean {
  const { field, patterns } = read(condition);
  if (field === null) return false;
  const text = field === 'path' ? path : host;
  return patterns.some((pattern) => pattern.test(text));
}

const read = remembered((condition: RuleCondition) => {
  const { Field, Values = [], PathPatternConfig, HostHeaderConfig } = condition;
  if (Field === 'path-pattern')
    return { field: 'path' as const, patterns: wildcards(PathPatternConfig?.Values ?? Values, '') };
  if (Field === 'host-header')
    return { field: 'host' as const, patterns: wildcards(HostHeaderConfig?.Values ?? Values, 'i') };
  return { field: null, patterns: [] };
});

function wildcards(patterns: readonly string[], flags: string): readonly RegExp[] {
  return patterns.map((pattern) => {
    const literal = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, flags);
  });
}
