import {
  DescribeListenersCommand,
  DescribeRulesCommand,
  type ElasticLoadBalancingV2Client,
  type RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancer } from '@aws-sdk/client-ecs';
import { isNamed } from '../../../../src/aws/errors.ts';

/** A listener that leads testers to the new revision before users meet it. */
export interface TestListener {
  /** HTTP, HTTPS, TCP or TLS. */
  readonly protocol: string;
  readonly port: number;
  /** What a request must have, so that the rule forwards it. Empty: every request is forwarded. */
  readonly conditions: readonly RuleCondition[];
}

/** Reads the listener of a test rule. Null: one of them is gone. */
export type ReadTestListener = (rule: string) => Promise<TestListener | null>;

/** Reads a listener and its rule, each in one call. A Network Load Balancer has no rules: its listener is named itself. */
export function createReadTestListener(client: Pick<ElasticLoadBalancingV2Client, 'send'>): ReadTestListener {
  return async (rule) => {
    try {
      const [{ Listeners = [] }, { Rules = [] }] = await Promise.all([
        client.send(new DescribeListenersCommand({ ListenerArns: [listenerOf(rule)] })),
        rule.includes(':listener-rule/')
          ? client.send(new DescribeRulesCommand({ RuleArns: [rule] }))
          : { Rules: [] },
      ]);
      const [listener] = Listeners;
      if (listener?.Port === undefined) return null;
      const { Protocol: protocol = '', Port: port } = listener;
      return { protocol, port, conditions: Rules[0]?.Conditions ?? [] };
    } catch (error) {
      if (isNamed(error, 'RuleNotFoundException', 'ListenerNotFoundException')) return null;
      throw error;
    }
  };
}

/**
 * Returns the probes of users as a tester sends them: to the port and by the protocol of the test listener. None where
 * the test rule shares the listener of users, and none that the rule would not forward.
 */
export async function testProbesOf(
  loadBalancers: readonly LoadBalancer[],
  probes: readonly string[],
  read: ReadTestListener,
): Promise<readonly string[]> {
  const rules = loadBalancers.flatMap(({ advancedConfiguration }) => {
    const { testListenerRule: test = '', productionListenerRule: users = '' } = advancedConfiguration ?? {};
    return test === '' || listenerOf(test) === listenerOf(users) ? [] : [test];
  });
  const listeners = await Promise.all([...new Set(rules)].map(read));
  const found = listeners.flatMap((listener) =>
    listener === null ? [] : probes.flatMap((probe) => throughListener(probe, listener)),
  );
  return [...new Set(found)];
}

/** Returns the ARN of a rule's listener: `…:listener-rule/app/shop/1/2/3` is a rule of `…:listener/app/shop/1/2`. */
function listenerOf(rule: string): string {
  return rule.replace(/:listener-rule\/(.*)\/[^/]*$/, ':listener/$1');
}

function throughListener(probe: string, { protocol, port, conditions }: TestListener): readonly string[] {
  const url = new URL(probe);
  if (!conditions.every((condition) => isMet(condition, url))) return [];
  url.protocol = /^(HTTPS|TLS)$/.test(protocol) ? 'https:' : 'http:';
  url.port = String(port);
  return [url.href];
}

/**
 * Says whether a GET of this URL meets a condition. Other conditions (headers, the query) may not be met, and an answer
 * of the listener itself would look like one of the new revision.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
function isMet(condition: RuleCondition, { pathname, hostname }: URL): boolean {
  const { Field, Values = [], PathPatternConfig, HostHeaderConfig } = condition;
  switch (Field) {
    case 'path-pattern':
      return [...Values, ...(PathPatternConfig?.Values ?? [])].some((one) => isLike(pathname, one));
    case 'host-header':
      return [...Values, ...(HostHeaderConfig?.Values ?? [])].some((one) =>
        isLike(hostname.toLowerCase(), one.toLowerCase()),
      );
    default:
      return false;
  }
}

/** Matches a pattern in which `*` stands for any characters, and `?` for one. */
function isLike(text: string, pattern: string): boolean {
  const literal = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  const expression = literal.replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}
