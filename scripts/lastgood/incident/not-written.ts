import { CannotSay } from '../../command-line/status.ts';

/** No incident can be written. The message is one line for the terminal. */
export class NotWritten extends CannotSay {}
