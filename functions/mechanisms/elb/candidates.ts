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
import { nameSplit, readSplit, type Split } from './split.ts';

export type Candidate = SplitCandidate<Split>;

export type Found = FoundSplit<Split>;

export function look(seen: Seen, rollback: Plannable): Found {
  return lookAt(divisionOf(seen.arn), seen, rollback);
}

/**
 * Returns the requested division, or those that came before the suspect and differ from it, best first.
 * @throws InvalidRequest
 */
export function candidatesFor(seen: Seen, rollback: Plannable): readonly Candidate[] {
  const { revision } = rollback.request;
  return revision === undefined
    ? candidatesIn(seen, look(seen, rollback))
    : [requestedIn(revision, seen.arn)];
}

export function candidatesIn(seen: Seen, found: Found): readonly Candidate[] {
  return splitsBefore(divisionOf(seen.arn), seen, found);
}

/**
 * Parses the requested revision: its id, or only its weights.
 * @throws InvalidRequest
 */
export function requestedIn(revision: string, arn: string): Candidate {
  const split = readRun(revision, arn)?.split ?? readSplit(revision, arn);
  if (split === null || split.length === 0)
    throw new InvalidRequest(
      'request.revision',
      `${JSON.stringify(revision)} must be weights such as checkout-blue/6d0ecf831eec9f09=1`,
    );
  return { split, revision: { id: revision, name: nameSplit(split) }, source: 'request' };
}
