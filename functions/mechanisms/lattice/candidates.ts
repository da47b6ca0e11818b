import {
  lookAt,
  splitsBefore,
  type FoundSplit,
  type SplitCandidate,
} from '../../../src/ledger/split-candidates.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import { divisionOf } from './division.ts';
import { readRun } from './runs.ts';
import type { Seen } from './seen.ts';
import { nameSplit, readSplit, type Names, type Split } from './split.ts';

export type Candidate = SplitCandidate<Split>;

export type Found = FoundSplit<Split>;

export function look(seen: Seen, rollback: Plannable): Found {
  return lookAt(divisionOf(seen.names), seen, rollback);
}

/**
 * Returns the requested division, or those that came before the suspect and differ from it, best first.
 * @throws InvalidRequest
 */
export function candidatesFor(seen: Seen, rollback: Plannable): readonly Candidate[] {
  const { revision } = rollback.request;
  return revision === undefined
    ? candidatesIn(seen, look(seen, rollback))
    : [requestedIn(revision, seen.names)];
}

export function candidatesIn(seen: Seen, found: Found): readonly Candidate[] {
  return splitsBefore(divisionOf(seen.names), seen, found);
}

/**
 * Parses the requested revision: its id, or only its weights.
 * @throws InvalidRequest
 */
export function requestedIn(revision: string, names: Names): Candidate {
  const split = readRun(revision)?.split ?? readSplit(revision);
  if (split === null || split.length === 0)
    throw new InvalidRequest(
      'request.revision',
      `${JSON.stringify(revision)} must be weights such as tg-0a1b2c3d4e5f60718=1`,
    );
  return { split, revision: { id: revision, name: nameSplit(split, names) }, source: 'request' };
}
