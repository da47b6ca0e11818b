import type {
  DeleteListenerInput,
  DeleteLoadBalancerInput,
  DeleteRuleInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../service.ts';
import { WRITE } from './limits.ts';
import { findListener, findRule, tagsOf, type ElbState, type Listener, reroute } from './state.ts';

/** The deletions of load balancers, listeners and rules, with what they contain. */
export function deleteOperations(state: ElbState) {
  const on = (action: string, resource = '') => [
    { action: `elasticloadbalancing:${action}`, resource, tags: tagsOf(state, resource) },
  ];
  return {
    DeleteLoadBalancer: {
      bucket: WRITE,
      authorize: ({ LoadBalancerArn }: DeleteLoadBalancerInput) => on('DeleteLoadBalancer', LoadBalancerArn),
      run: (input: DeleteLoadBalancerInput) => removeLoadBalancer(state, input),
    },
    DeleteListener: {
      bucket: WRITE,
      authorize: ({ ListenerArn }: DeleteListenerInput) => on('DeleteListener', ListenerArn),
      run: ({ ListenerArn }: DeleteListenerInput) => removeListener(state, findListener(state, ListenerArn)),
    },
    DeleteRule: {
      bucket: WRITE,
      authorize: ({ RuleArn }: DeleteRuleInput) => on('DeleteRule', RuleArn),
      run: (input: DeleteRuleInput) => removeRule(state, input),
    },
  };
}

/**
 * Deletes a load balancer with its listeners. One that does not exist is deleted already.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html
 */
function removeLoadBalancer(state: ElbState, { LoadBalancerArn = '' }: DeleteLoadBalancerInput): object {
  for (const listener of [...state.listeners.values()])
    if (listener.loadBalancer.arn === LoadBalancerArn) removeListener(state, listener);
  state.loadBalancers.delete(LoadBalancerArn);
  state.tags.delete(LoadBalancerArn);
  reroute(state);
  return {};
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteListener.html */
function removeListener(state: ElbState, listener: Listener): object {
  for (const { arn } of state.rules.of(listener)) forget(state, arn);
  state.listeners.delete(listener.arn);
  state.tags.delete(listener.arn);
  reroute(state);
  return {};
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteRule.html */
function removeRule(state: ElbState, { RuleArn }: DeleteRuleInput): object {
  const { arn, priority } = findRule(state, RuleArn);
  if (priority === 'default')
    throw new AwsError('OperationNotPermitted', `Default rule '${arn}' cannot be deleted`);
  forget(state, arn);
  reroute(state);
  return {};
}

function forget(state: ElbState, ruleArn: string): void {
  state.rules.delete(ruleArn);
  state.tags.delete(ruleArn);
}
