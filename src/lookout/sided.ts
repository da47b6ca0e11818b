import type { BothSides, Followed, NoSides, Pause } from './document.ts';

/** The answer of a mechanism to `sides`. The step adds the instant. */
export type SidesAnswer = Omit<BothSides, 'at'> | Omit<NoSides, 'at' | 'were'>;

/** What a mechanism knows of deployments that are followed. Both verbs may be called again with the same input. */
export interface Sided {
  /**
   * Reads the sides of a deployment: what is old, what is new, and where each can be measured. Says `none` where there is
   * nothing to follow, or no longer: the target did not opt in, it is a first deployment, a way back or a restart, AWS is
   * rolling it back natively, or another one has replaced it. Read only.
   */
  sides(followed: Followed): Promise<SidesAnswer>;
  /** Lets a deployment go on that waits at a pause. Absent: deployments of this kind have no pauses. */
  pass?(followed: Followed, pause: Pause): Promise<void>;
}
