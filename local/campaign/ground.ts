import type { Settings } from './story.ts';
import type { Release } from './releases.ts';
import type { Stage, StageOptions } from '../scenarios/stage.ts';

/** One kind of target as one controller deploys it with one strategy. */
export interface Ground {
  readonly kind: string;
  /** Who deploys: `ECS`, `CODE_DEPLOY`, `pipeline`. */
  readonly controller: string;
  /** How: `rolling`, `canary`, `all-at-once`. */
  readonly strategy: string;
  /** Stacks that stand beside Lastgood's: the receiver of an external system. */
  readonly beside?: StageOptions['beside'];
  /**
   * Creates the target with its first release and its alarms. Returns when the release is in place. The behaviour of a
   * release must reach the world as the object it is: its getters change with time.
   */
  open(stage: Stage, settings: Settings, first: Release): Promise<Subject>;
}

/** The share of the traffic that each release is set to get, in per cent. */
export type Shares = Readonly<Record<string, number>>;

/** The target of a story. Its methods act as the operator, and may throw what AWS refuses. */
export interface Subject {
  readonly target: string;
  /** Names of the alarms that call Lastgood for it, the one on errors first. */
  readonly alarms: readonly string[];
  /** Deploys a release, as a pipeline does. Deploying an earlier one is how a person goes back. */
  deploy(release: Release): void;
  /** Returns the name of the release that a revision of a plan is, or null for one that is none. */
  releaseOf(revision: string): string | null;
  /** Replaces the AWS tags that begin with `lastgood`. */
  tag(tags: Readonly<Record<string, string>>): void;
  /** Returns how many tasks or instances it is set to run. Absent: the kind has no such number. */
  capacity?(): number;
  /** Returns how the traffic is set to be divided. Absent: AWS or another system divides it. */
  shares?(): Shares;
  /** What else can be done to a target of this kind. */
  readonly can: Readonly<Partial<Record<Ability, () => void>>>;
}

/** Acts that not every kind of target has. */
export type Ability =
  /** A person or AWS stops the deployment in flight, natively. */
  | 'abort'
  /** An autoscaler or a person adds capacity; takes some away. */
  | 'grow'
  | 'shrink'
  /** A person or a schedule lets nothing of it run, and later as much as before. */
  | 'scale-to-nothing'
  | 'scale-back'
  /** A person changes a setting that is not the version. */
  | 'drift'
  /** Something that the first release needs is removed: its definition, image, template version or group. */
  | 'lose-first';

export function nameOf({ kind, controller, strategy }: Ground): string {
  return `${kind}/${controller}/${strategy}`;
}
