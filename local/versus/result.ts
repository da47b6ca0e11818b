import type { ArmName } from './arms.ts';
import type { Measured } from './measure.ts';

/** Output of `npm run versus -- --json`: medians over the seeds. */
export interface VersusResult {
  readonly stories: readonly StoryResult[];
  readonly good: readonly GoodResult[];
}

export interface StoryResult {
  readonly name: string;
  readonly arms: Readonly<Record<ArmName, Measured>>;
}

/** One kind of good release, and in how many seeds it was taken back. */
export interface GoodResult {
  readonly noise: string;
  /** Number of seeds. */
  readonly seeds: number;
  /** By AWS, in the arm `natives10`. */
  readonly alarm: number;
  /** By the lookout alone, without natives and alarms. */
  readonly lookout: number;
}
