import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Tags } from '../../../src/rollback/plan.ts';

/** Elastic Load Balancing in the words of Lastgood. Errors are AWS's own. */
export interface Elb {
  /** Null: there is no such listener or rule. */
  forwarder(arn: string): Promise<Forwarder | null>;
  /** Reads the tags of listeners, rules and target groups, by ARN. Fails if one of them does not exist. */
  tags(arns: readonly string[]): Promise<ReadonlyMap<string, Tags>>;
  /** Reads the targets of a group; null: there is no such group. */
  targets(targetGroup: string): Promise<Targets | null>;
  /** Replaces the whole list of actions. */
  send(arn: string, actions: readonly Action[]): Promise<void>;
}

/** A listener with its default actions, or a rule. */
export interface Forwarder {
  /** A listener's own rule. Only the listener can be changed. */
  readonly isDefaultRule: boolean;
  /** In AWS's own shape, in order. */
  readonly actions: readonly Action[];
}

/** How many targets of a group are in which state. Draining targets are not counted. */
export interface Targets {
  readonly healthy: number;
  readonly registered: number;
  /** `unused` or `unavailable`: the load balancer does not check them. */
  readonly unknown: number;
  /** Ids of the registered targets that are EC2 instances. */
  readonly instances: readonly string[];
}
