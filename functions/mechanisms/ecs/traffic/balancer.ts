import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Tags } from '../../../../src/rollback/plan.ts';

/** Elastic Load Balancing in our words, as far as task sets stand behind it. */
export interface Balancer {
  /** Every default action and rule of the listeners in front of these target groups that forwards to one of them. */
  forwardings(targetGroups: readonly string[]): Promise<readonly Forwarding[]>;
  /** How many targets of a group are healthy. One of a group that no listener forwards to is not. */
  healthy(targetGroup: string): Promise<number>;
  /** ModifyRule, or ModifyListener for a default action. The whole list of actions is sent. */
  change(forwarding: Forwarding, actions: readonly Action[]): Promise<void>;
}

/** What sends traffic to target groups. */
export interface Forwarding {
  /** ARN of the rule, or of the listener whose default action it is: both carry tags. */
  readonly arn: string;
  readonly actions: readonly Action[];
  readonly tags: Tags;
}
