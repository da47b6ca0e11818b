import type { Arbitrary } from 'fast-check';
import type { Night } from '../night.ts';
import type { Arguments } from '../story.ts';

/** A way in which AWS, Slack or Lastgood's own deployment goes wrong. */
export interface Fault {
  readonly name: string;
  /** The page of AWS or the public incident that shows it. */
  readonly source: string;
  /** Arguments besides `seconds`, which every fault has: how long it lasts. */
  readonly draws: Arbitrary<Arguments>;
  /** Begins it now, and returns what ends it. */
  begin(night: Night, given: Arguments): () => void;
}

/** A fault that strikes once, or whose effect cannot be ended. */
export const nothingToEnd = (): void => undefined;
