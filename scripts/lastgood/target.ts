import { problemOfTarget } from '../../src/targets/target.ts';
import { WrongUse } from '../command-line/status.ts';

/** The argument of all verbs that take a target. */
export const TARGET = ['<TARGET>', 'as Lastgood names it: ecs:prod/checkout'] as const;

/**
 * Parses TARGET.
 * @throws WrongUse
 */
export function readTargetArgument(text = ''): string {
  const problem = problemOfTarget(text);
  if (problem !== null) throw new WrongUse(`TARGET ${problem}`);
  return text;
}
