import { readSpelling } from '../../../src/ledger/spelling.ts';
import { CannotSay, WrongUse } from '../../command-line/status.ts';
import { readTargetArgument } from '../target.ts';
import type { Given } from '../verb.ts';
import { problemOfRevision } from './revision.ts';

/** Arguments of `check`, validated. */
export interface Asked {
  readonly target: string;
  readonly revision: string;
}

/** @throws WrongUse, or CannotSay if REVISION names no fixed revision */
export function readArguments({ args: [target, revision = ''] }: Pick<Given, 'args'>): Asked {
  const read = readTargetArgument(target);
  const problem = problemOfRevision(read, revision);
  if (problem !== null) throw new WrongUse(`REVISION ${problem}`);
  const spelling = readSpelling(read, revision);
  if (spelling.state === 'unclear') throw new CannotSay(`REVISION: ${spelling.why}`);
  return { target: read, revision };
}
