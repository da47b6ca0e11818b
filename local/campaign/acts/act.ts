import type { Arbitrary } from 'fast-check';
import type { Actor, Night } from '../night.ts';
import type { Arguments } from '../story.ts';

/** Something that people, pipelines, users or other parts of the system do in a story. */
export interface Act {
  readonly name: string;
  readonly by: Actor;
  /** What it is given. */
  readonly draws: Arbitrary<Arguments>;
  /**
   * Does it now. Returns the name of the release that it deployed, if it deployed one.
   * @throws AwsError where AWS refuses it: it is noted, and the story goes on
   */
  do(night: Night, given: Arguments): string | null;
}

/** An act without arguments. */
export const NOTHING: Arguments = {};
