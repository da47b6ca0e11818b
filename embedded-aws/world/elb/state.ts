import type { Action, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Changes } from '../changes.ts';
import type { Timer } from '../clock.ts';
import { RuleTable } from './rule-table.ts';
import type { TargetId } from '../seams.ts';
import { AwsError } from '../service.ts';

export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly type: 'application' | 'network';
  readonly scheme: 'internet-facing' | 'internal';
  readonly created: Date;
  readonly dns: string;
  readonly zone: string;
  readonly vpc: string;
  readonly securityGroups: readonly string[];
}

export interface Listener {
  readonly arn: string;
  readonly loadBalancer: LoadBalancer;
  port: number;
  protocol: string;
}

/** A rule of a listener. The listener's default actions are its rule with priority `default`. */
export interface Rule {
  readonly arn: string;
  readonly listener: Listener;
  readonly priority: number | 'default';
  readonly conditions: readonly RuleCondition[];
  readonly actions: readonly Action[];
}

export interface HealthCheck {
  enabled: boolean;
  protocol: string;
  port: string;
  path: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
  codes: string;
}

/** A reason why a target is not healthy, in ELB's own words. */
export interface HealthReason {
  readonly reason: string;
  readonly description: string;
}

export interface Registration {
  readonly target: TargetId;
  health: 'initial' | 'healthy' | 'unhealthy';
  /** The reason; absent when the target is healthy. */
  finding?: HealthReason | undefined;
  /** Consecutive checks with the same result as the last one. */
  streak: number;
  passing: boolean;
  draining: boolean;
  /** The timer of the next health check or, while draining, of the end of the delay. */
  timer?: Timer;
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly vpc: string;
  readonly targetType: 'instance' | 'ip';
  readonly check: HealthCheck;
  readonly attributes: Map<string, string>;
  readonly targets: Map<string, Registration>;
  /** Counts the changes of its targets. */
  version: number;
}

/** All ELB state, by ARN. A Map keeps the order of creation, which is the order of the answers. */
export interface ElbState {
  readonly loadBalancers: Map<string, LoadBalancer>;
  readonly listeners: Map<string, Listener>;
  readonly rules: RuleTable<Rule>;
  readonly targetGroups: Map<string, TargetGroup>;
  readonly tags: Map<string, Map<string, string>>;
  /** Counts changes of load balancers, rules and targets: everything that decides a request's route. */
  readonly changes: Changes;
  /** Counts those of load balancers, listeners and rules alone. */
  readonly routes: Changes;
}

export function emptyState(): ElbState {
  return {
    loadBalancers: new Map(),
    listeners: new Map(),
    rules: new RuleTable(),
    targetGroups: new Map(),
    tags: new Map(),
    changes: new Changes(),
    routes: new Changes(),
  };
}

/** Finds a resource by ARN, or throws ELB's "not found": `kind` is the error code without `NotFound`. */
export function find<T>(
  among: { get(arn: string): T | undefined },
  arn: string | undefined,
  kind: string,
  plural: string,
): T {
  const found = among.get(arn ?? '');
  if (found === undefined) throw new AwsError(`${kind}NotFound`, `One or more ${plural} not found`);
  return found;
}

export const findLoadBalancer = (state: ElbState, arn: string | undefined): LoadBalancer =>
  find(state.loadBalancers, arn, 'LoadBalancer', 'load balancers');

export const findListener = (state: ElbState, arn: string | undefined): Listener =>
  find(state.listeners, arn, 'Listener', 'listeners');

export const findRule = (state: ElbState, arn: string | undefined): Rule =>
  find(state.rules, arn, 'Rule', 'rules');

export const findTargetGroup = (state: ElbState, arn: string | undefined): TargetGroup =>
  find(state.targetGroups, arn, 'TargetGroup', 'target groups');

/** Stores a rule, in the position of the one with the same ARN if it exists. */
export function putRule(state: ElbState, rule: Rule): void {
  state.rules.put(rule);
  reroute(state);
}

/** Records that requests may take another route. */
export function reroute({ changes, routes }: ElbState): void {
  changes.add();
  routes.add();
}

/** Records that the targets of a group changed. */
export function refill({ changes }: ElbState, group: TargetGroup): void {
  changes.add();
  group.version++;
}

export const targetKey = ({ id, port }: TargetId): string => `${id}:${port}`;

export function tagsOf(state: ElbState, arn: string): Readonly<Record<string, string>> {
  return Object.fromEntries(state.tags.get(arn) ?? []);
}
