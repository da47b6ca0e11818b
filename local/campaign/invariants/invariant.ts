import type { Night } from '../night.ts';

/** A rule that holds in every story. */
export interface Invariant {
  readonly name: string;
  /** The incident or the demand that it comes from. */
  readonly because: string;
  /**
   * Returns the breaches, each as a sentence with instant and facts; null where the story gave nothing to judge. Called
   * at the end.
   */
  broken(night: Night): Judged | Promise<Judged>;
}

/** The breaches of an invariant; null: the story gave nothing to judge. */
export type Judged = readonly string[] | null;
