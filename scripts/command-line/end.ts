import { named } from '../../src/aws/errors.ts';
import { NotPermitted } from '../../src/rollback/errors.ts';
import {
  CANNOT_SAY,
  CannotSay,
  ENDED_BADLY,
  EndedBadly,
  FORBIDDEN,
  Forbidden,
  WRONG_USE,
  WrongUse,
  type Status,
} from './status.ts';

/**
 * Runs a command to its exit status. Prints errors of this project and of AWS in one line, and any other with its stack trace.
 */
export async function end(command: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const status = statusOf(error);
    if (status === null) throw error;
    console.error(`${command}: ${inOneLine(error)}`);
    process.exitCode = status;
  }
}

/** Returns the exit status of an error; null for a fault of the program. */
function statusOf(error: unknown): Status | null {
  if (error instanceof WrongUse) return WRONG_USE;
  if (error instanceof Forbidden) return FORBIDDEN;
  if (error instanceof EndedBadly) return ENDED_BADLY;
  if (error instanceof CannotSay) return CANNOT_SAY;
  if (!isFromAws(error)) return null;
  return named(error) instanceof NotPermitted ? FORBIDDEN : CANNOT_SAY;
}

/** Says whether the SDK threw it. */
function isFromAws(error: unknown): boolean {
  return error instanceof Error && '$metadata' in error;
}

function inOneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = isFromAws(error) ? `AWS answered ${error.name}: ${error.message}` : error.message;
  return text.replaceAll(/\s+/g, ' ').trim();
}
