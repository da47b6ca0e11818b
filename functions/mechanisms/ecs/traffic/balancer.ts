import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Tags } from '../../../../src/rollback/plan.ts';

/** Elastic Load Balancing in front of task sets, in the words of Lastgood. */
export interface Balancer {
  /**
   * Lists the default actions and rules that forward to one of these target groups, of all listeners in front of them.
   */
  forwardings(targetGroups: readonly string[]): Promise<readonly Forwarding[]>;
  /** Counts the healthy targets of a group. Targets of a group without a listener do not count. */
  healthy(targetGroup: string): Promise<number>;
  /** Calls ModifyRule, or ModifyListener for a default action, with the whole list of actions. */
  change(forwarding: Forwarding, actions: readonly Action[]): Promise<void>;
}

/** An action that sends traffic to target groups. */
export interface Forwarding {
  /** ARN of the rule, or of the listener with the default action. Both have tags. */
  readonly arn: string;
  readonly actions: readonly Action[];
  readonly tags: Tags;
}
