import type { RuleAction } from '@aws-sdk/client-vpc-lattice';
import type { ForwarderName } from '../../../src/targets/kinds/lattice/target.ts';

/** VPC Lattice in the words of Lastgood. Errors are AWS's own. */
export interface Lattice {
  /** Null: there is no such service, listener or rule. */
  forwarder(name: ForwarderName): Promise<Forwarder | null>;
  /** Reads every target group of the Region, by id: one call per hundred. */
  groups(): Promise<Groups>;
  /** Reads the targets of a group; null: there is no such group. */
  targets(group: string): Promise<Targets | null>;
  /** Reads the actions of a service's rules, the default ones as those of their listeners. */
  rules(service: string): Promise<readonly NamedRule[]>;
  /** Replaces the action. */
  send(name: ForwarderName, action: RuleAction): Promise<void>;
}

/** A listener with its default action, or a rule. */
export interface Forwarder {
  readonly arn: string;
  /** A listener's own rule. Only the listener can be changed. */
  readonly isDefaultRule: boolean;
  readonly action: RuleAction;
}

export interface NamedRule {
  readonly name: ForwarderName;
  /** The name that people gave it. */
  readonly title: string;
  readonly action: RuleAction;
}

/** A target group. Its name never changes. */
export interface Group {
  readonly name: string;
  /** `INSTANCE`, `IP`, `LAMBDA` or `ALB`. */
  readonly type: string;
}

export type Groups = ReadonlyMap<string, Group>;

/** How many targets of a group are in which state. Draining targets are not counted. */
export interface Targets {
  readonly healthy: number;
  readonly registered: number;
  /** `UNAVAILABLE`: VPC Lattice does not check their health. */
  readonly unchecked: number;
  /** `UNUSED`: no rule names their group. */
  readonly unused: number;
  /** Ids of the registered targets that are EC2 instances. */
  readonly instances: readonly string[];
}
