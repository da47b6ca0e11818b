/** Exit statuses of all commands: of `lastgood` and of those for development. */

/** It was done, or the answer is yes. */
export const FINE = 0;

/** It was done and ended badly. */
export const ENDED_BADLY = 1;

/** The command line is wrong. Nothing was done. */
export const WRONG_USE = 2;

/** The answer is no: a rule of Lastgood, a person or an AWS policy forbids it. */
export const FORBIDDEN = 3;

/** The answer is not known, because something could not be read or reached. */
export const CANNOT_SAY = 4;

export type Status =
  typeof FINE | typeof ENDED_BADLY | typeof WRONG_USE | typeof FORBIDDEN | typeof CANNOT_SAY;

/** A value on the command line is wrong. The message is one line for the terminal. */
export class WrongUse extends Error {}

/** Something could not be read. The message is one line for the terminal. */
export class CannotSay extends Error {}

/** An AWS policy or a rule of Lastgood forbids it. The message is one line for the terminal. */
export class Forbidden extends Error {}

/** It was tried, and ended badly. The message is one line for the terminal. */
export class EndedBadly extends Error {}
