import { CommanderError, type Command } from 'commander';
import { FINE, WRONG_USE } from './status.ts';

/** Parses the command line and runs the action. Exits with WRONG_USE where commander refuses the command line. */
export async function runCommand(command: Command): Promise<void> {
  const problem = await parse(command, process.argv.slice(2));
  if (problem !== null) process.exitCode = problem;
}

/** @returns the exit status if no action ran (help was shown, or the command line is wrong), or null if one ran */
export async function parse(command: Command, args: readonly string[]): Promise<number | null> {
  for (const one of [command, ...command.commands]) one.exitOverride();
  try {
    await command.parseAsync([...args], { from: 'user' });
    return null;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? FINE : WRONG_USE;
  }
}
