import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Tags } from '../../../../src/rollback/plan.ts';

/** Elastic Load Balancing in front of task sets, in the words of Lastgood. */
export interface Balancer {
  /**
   * Lists the default actions and rules that forward to one of these target groups, of all listeners in front of them.
   * Costs four calls or more.
   */
  forwardings(targetGroups: readonly string[]): Promise<readonly Tagged[]>;
  /** Lists the default actions and rules of listeners. A listener that is gone has none. */
  of(listeners: readonly string[]): Promise<readonly Forwarding[]>;
  /** Reads forwardings again, in one call. Null: one of them is gone. */
  again(places: readonly Place[]): Promise<readonly Forwarding[] | null>;
  /** Counts the healthy targets of a group. Targets of a group without a listener do not count. */
  healthy(targetGroup: string): Promise<number>;
  /** Calls ModifyRule, or ModifyListener for a default action, with the whole list of actions. */
  change(forwarding: Forwarding, actions: readonly Action[]): Promise<void>;
}

/** The place of an action that sends traffic. */
export interface Place {
  /** ARN of what has the action and is changed: the rule, or for a default action the listener. Both have tags. */
  readonly arn: string;
  /** ARN of the rule that shows it, also a listener's default rule, or of a listener without rules. */
  readonly shownBy: string;
}

/** An action that sends traffic to target groups. */
export interface Forwarding extends Place {
  readonly actions: readonly Action[];
}

export interface Tagged extends Forwarding {
  readonly tags: Tags;
}
