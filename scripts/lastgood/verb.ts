/** A verb of the command `lastgood`. */
export interface Verb {
  /** One line for the list of verbs. */
  readonly does: string;
  /** @returns the exit status */
  run(args: readonly string[]): Promise<number>;
}

/** Exit status: done. */
export const DONE = 0;

/** Exit status: an argument is wrong, or something failed. */
export const NOT_DONE = 2;
