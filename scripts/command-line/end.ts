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

/** Runs a command to its exit status. Prints an error of ours in one line, and any other with its stack trace. */
export async function end(command: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const status = statusOf(error);
    if (status === null) throw error;
    console.error(`${command}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = status;
  }
}

function statusOf(error: unknown): Status | null {
  if (error instanceof WrongUse) return WRONG_USE;
  if (error instanceof Forbidden) return FORBIDDEN;
  if (error instanceof EndedBadly) return ENDED_BADLY;
  return error instanceof CannotSay ? CANNOT_SAY : null;
}
