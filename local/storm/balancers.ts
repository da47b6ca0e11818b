import type {
  CreateListenerOutput,
  CreateLoadBalancerOutput,
  CreateRuleOutput,
  CreateTargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { HttpRequest } from '@lastgood/embedded-aws/world/elb/routing.ts';

/**
 * Default quotas of an Application Load Balancer: target groups, and rules without the default rules.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const MAX_GROUPS = 100;
const MAX_RULES = 100;

const NOTHING: readonly HttpRequest[] = [];

/** Makes a call as the operator. */
export type Call = (service: 'elb', operation: string, input: object) => unknown;

/** A target group and its weight in a rule. */
export interface Share {
  readonly targetGroup: string;
  readonly weight: number;
}

/** A rule that routes one host. */
export interface Route {
  /** ARN of the rule. */
  readonly rule: string;
  /** ARN of the load balancer. */
  readonly loadBalancer: string;
}

interface Balancer {
  readonly loadBalancer: string;
  readonly listener: string;
  groups: number;
  rules: number;
}

/**
 * The load balancers of the account. Each has one listener with a rule for each host, and as many rules and target
 * groups as AWS allows; then another one follows.
 */
export class Balancers {
  readonly #call: Call;
  readonly #requests = new Map<string, HttpRequest[]>();
  #all = 0;
  #newest: Balancer | null = null;

  constructor(call: Call) {
    this.#call = call;
  }

  /** Returns the requests of users at a listener: one for each of its hosts. */
  requestsAt(listener: string): readonly HttpRequest[] {
    return this.#requests.get(listener) ?? NOTHING;
  }

  /** Creates a target group. */
  group(name: string, type: 'ip' | 'instance', intervalSeconds: number): string {
    const { TargetGroups } = this.#call('elb', 'CreateTargetGroup', {
      ...{ Name: name, Protocol: 'HTTP', Port: 8080, VpcId: 'vpc-0a1b2c3d', TargetType: type },
      ...{ HealthCheckPath: '/health', HealthCheckIntervalSeconds: intervalSeconds },
      ...{ HealthyThresholdCount: 2, UnhealthyThresholdCount: 2 },
    }) as CreateTargetGroupOutput;
    const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? '';
    const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }];
    this.#call('elb', 'ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
    return TargetGroupArn;
  }

  /** Routes a host to target groups, and sends users to it. */
  route(host: string, shares: readonly Share[], tags: Readonly<Record<string, string>> = {}): Route {
    const balancer = this.#withRoomFor(shares.length);
    const { loadBalancer, listener } = balancer;
    const { Rules } = this.#call('elb', 'CreateRule', {
      ListenerArn: listener,
      Priority: balancer.rules + 1,
      Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: [host] } }],
      Actions: [forwardTo(shares)],
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }) as CreateRuleOutput;
    balancer.rules += 1;
    balancer.groups += shares.length;
    const requests = this.#requests.get(listener) ?? [];
    this.#requests.set(listener, [...requests, { host, path: '/' }]);
    return { rule: Rules?.[0]?.RuleArn ?? '', loadBalancer };
  }

  #withRoomFor(groups: number): Balancer {
    const newest = this.#newest;
    if (newest !== null && newest.rules < MAX_RULES && newest.groups + groups <= MAX_GROUPS) return newest;
    const created = this.#create();
    this.#newest = created;
    return created;
  }

  #create(): Balancer {
    const { LoadBalancers } = this.#call('elb', 'CreateLoadBalancer', {
      Name: `shared-${String(++this.#all).padStart(3, '0')}`,
      Type: 'application',
      Subnets: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
    }) as CreateLoadBalancerOutput;
    const loadBalancer = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
    const { Listeners } = this.#call('elb', 'CreateListener', {
      LoadBalancerArn: loadBalancer,
      ...{ Protocol: 'HTTPS', Port: 443 },
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    }) as CreateListenerOutput;
    return { loadBalancer, listener: Listeners?.[0]?.ListenerArn ?? '', groups: 0, rules: 0 };
  }
}

/** Returns the action that divides traffic. */
export function forwardTo(shares: readonly Share[]) {
  const TargetGroups = shares.map(({ targetGroup, weight }) => ({
    TargetGroupArn: targetGroup,
    Weight: weight,
  }));
  return { Type: 'forward', ForwardConfig: { TargetGroups } };
}
