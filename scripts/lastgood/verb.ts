import type { Command } from 'commander';
import type { Status } from '../command-line/status.ts';
import type { Place } from './place.ts';

/** A verb of the command `lastgood`. */
export interface Verb {
  /** One line for the list of verbs. */
  readonly does: string;
  /** Declares its arguments and its own options. */
  readonly declare: (command: Command) => Command;
  /** Help below the options. */
  readonly help: string;
  /** @throws WrongUse, CannotSay, or the error of AWS */
  readonly run: (given: Given) => Promise<Status>;
}

/** The parsed command line of a verb. */
export interface Given {
  /** Absent where it is optional and was left out. */
  readonly args: readonly (string | undefined)[];
  /** By their long names. Those of the place and --json are not among them. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly place: Place;
  readonly isJson: boolean;
}
