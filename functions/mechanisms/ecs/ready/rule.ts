import type { Service } from '@aws-sdk/client-ecs';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ECS } from '../../../../src/readiness/ids/ecs.ts';
import type { Tagged } from '../traffic/balancer.ts';
import { weightsIn } from '../traffic/weights.ts';

const find = findIn(ECS);

/** The target groups of a service, and what sends traffic to them. */
export interface Traffic {
  /** Both groups of a service that shifts traffic between two. Null: it has one. */
  readonly pair: readonly [string, string] | null;
  /** The groups in which the running tasks are. Empty: unknown. */
  readonly serving: readonly string[];
  readonly forwardings: readonly Tagged[];
  /** ARNs of the rules on which ECS shifts users; empty: unknown, so every rule counts. */
  readonly production: readonly string[];
  /** Minutes after which a quiet release is proven. */
  readonly soakMinutes: number;
}

/** Says whether the rules lead users to what runs, and can lead them back. */
export function ofRules(traffic: Traffic, service: Service): readonly Finding[] {
  const rules = traffic.forwardings.filter(
    ({ arn }) => traffic.production.length === 0 || traffic.production.includes(arn),
  );
  return [
    ...rules.flatMap((rule) => [...lacking(rule, traffic), ...sticky(rule, traffic, service)]),
    ...elsewhere(rules, traffic),
  ];
}

function lacking({ arn, actions }: Tagged, { pair }: Traffic): readonly Finding[] {
  if (pair === null) return [];
  const weights = weightsIn(actions);
  const missing = pair.filter((group) => !weights.has(group));
  return missing.map((group) =>
    find(
      'rule-lacks-group',
      `Rule ${arn} does not name target group ${nameOf(group)}, to which a way back would shift the traffic.`,
      'Add the target group to the rule with weight 0.',
    ),
  );
}

function elsewhere(rules: readonly Tagged[], { serving }: Traffic): readonly Finding[] {
  if (serving.length === 0 || rules.length === 0) return [];
  const leads = rules.some(({ actions }) => {
    const weights = weightsIn(actions);
    return serving.some((group) => (weights.get(group) ?? 0) > 0);
  });
  if (leads) return [];
  return [
    find(
      'rule-elsewhere',
      `No rule sends traffic to ${serving.map(nameOf).join(' or ')}, where the running tasks are, so a rollback would not reach users.`,
      'Point the production rule at the target group of the running tasks.',
    ),
  ];
}

/**
 * Users who stick to the side at fault stay there after the shift.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html#target-group-stickiness
 */
function sticky({ arn, actions }: Tagged, traffic: Traffic, service: Service): readonly Finding[] {
  const watch = watchAfterShift(traffic, service);
  if (watch === null) return [];
  const longest = Math.max(
    0,
    ...actions.map(({ ForwardConfig }) => {
      const { Enabled, DurationSeconds = 0 } = ForwardConfig?.TargetGroupStickinessConfig ?? {};
      return Enabled === true ? DurationSeconds : 0;
    }),
  );
  if (longest <= watch.minutes * 60) return [];
  return [
    find(
      'sticky-too-long',
      `Rule ${arn} keeps users on a target group for ${longest} seconds, longer than the ${watch.word} of ${watch.minutes * 60} seconds.`,
      `Switch the stickiness between target groups off, or make it shorter than the ${watch.word} time.`,
    ),
  ];
}

/**
 * Returns for how long both sides stand beside each other under watch. Null: no traffic moves between two target groups
 * of a rule, because ECS replaces tasks, or CodeDeploy replaces the group.
 */
function watchAfterShift(
  { pair, soakMinutes }: Traffic,
  { deploymentConfiguration, deploymentController }: Service,
): { readonly minutes: number; readonly word: 'bake' | 'soak' } | null {
  switch (deploymentController?.type ?? 'ECS') {
    case 'ECS':
      return pair === null
        ? null
        : { minutes: deploymentConfiguration?.bakeTimeInMinutes ?? 0, word: 'bake' };
    case 'EXTERNAL':
      return { minutes: soakMinutes, word: 'soak' };
    default:
      return null;
  }
}

function nameOf(group: string): string {
  return group.split('/')[1] ?? group;
}
