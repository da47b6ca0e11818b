import type { NothingToDo } from '../../../../src/rollback/plan.ts';
import type { Forwarding } from './balancer.ts';
import { weightsIn } from './weights.ts';

/** Where the tasks of a service are, and what should lead users there. */
export interface Route {
  /** The rules or listeners that lead users to the service. Null: one of them is gone. */
  readonly forwardings: readonly Forwarding[] | null;
  /** The target groups in which its tasks are. Empty: unknown. */
  readonly serving: readonly string[];
  /** Says whether a target group belongs to the service, with or without tasks. */
  readonly isOwn: (group: string) => boolean;
  /** Name of the revision that runs. */
  readonly runs: string;
}

/** Returns the plan of a service whose users do not reach what runs. */
export function leftAlone(reason: string): Pick<NothingToDo, 'state' | 'reason' | 'cause'> {
  return { state: 'nothing-to-do', reason, cause: { cause: 'traffic', says: `${reason}.` } };
}

/**
 * Returns why users do not reach what runs, or null, as sentences without the last full stop. Infrastructure code that is
 * applied again resets the weights of a rule to those of the first day, and one of two target groups has no tasks between
 * deployments. https://github.com/aws/containers-roadmap/issues/2853
 */
export function astray(route: Route): string | null {
  if (route.serving.length === 0) return null;
  const what = goneAstray(route);
  return what === null ? null : `${what}. The release did not cause that, and going back would not cure it`;
}

function goneAstray({ forwardings, serving, isOwn, runs }: Route): string | null {
  const where = `target group ${serving.map(nameOf).join(' and ')}`;
  if (forwardings === null) return `The rule that led users to ${where} is gone`;
  for (const { arn, actions } of forwardings)
    for (const [group, weight] of weightsIn(actions))
      if (weight > 0 && isOwn(group) && !serving.includes(group))
        return `${kindOf(arn)} ${arn} sends traffic to target group ${nameOf(group)}, which has no tasks. ${runs} is behind ${where}`;
  return forwardings.some(({ actions }) => leadsTo(serving, actions))
    ? null
    : `No rule sends traffic to ${where}, where ${runs} is`;
}

function leadsTo(groups: readonly string[], actions: Forwarding['actions']): boolean {
  const weights = weightsIn(actions);
  return groups.some((group) => (weights.get(group) ?? 0) > 0);
}

function kindOf(arn: string): string {
  return arn.includes(':listener-rule/') ? 'Rule' : 'Listener';
}

function nameOf(group: string): string {
  return group.split('/')[1] ?? group;
}
