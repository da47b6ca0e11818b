import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import type { Ground } from './ground.ts';

/** A kind of target that a run can have. */
export const KINDS = ['ecs', 'lambda', 'elb', 'route53', 'asg', 'codedeploy'] as const;
export type Kind = (typeof KINDS)[number];

/** One target of a run, as the world has it. */
export interface Subject {
  /** `ecs:prod/app-0001`. */
  readonly target: string;
  readonly kind: Kind;
  /** Name of the alarm on its errors. */
  readonly alarm: string;
  /** Deploys another release, which behaves so. */
  release(behaviour: Behaviour): void;
  /** Says whether a call that AWS accepted starts to bring the first release back. */
  isWayBack(call: Pick<Call, 'operation' | 'input'>): boolean;
  /** Says whether the first release is what the target's configuration names now. */
  isBack(): boolean;
}

export interface Planting {
  /** Name of the target within its kind: `0001`. */
  readonly number: string;
  /** The alarm's name. */
  readonly alarm: string;
  /** Tasks or instances of the target. */
  readonly size: number;
  /** Seconds between two health checks of a server. */
  readonly checkSeconds: number;
  /** AWS tags of the target. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Creates targets of one kind, with the first release. */
export interface Planter {
  /** Seconds from a release until it has all of the traffic, with some to spare. */
  readonly leadSeconds: number;
  /** Returns the function that creates one target. What targets share is created first. */
  on(ground: Ground): (planting: Planting) => Subject;
}
