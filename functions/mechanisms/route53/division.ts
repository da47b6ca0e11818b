import type { Division } from '../../../src/ledger/divisions.ts';
import { behindIn } from './behind.ts';
import {
  contentOf,
  isSaidBy,
  mayBeSame,
  mayStandBehind,
  readRun,
  serving,
  sidesOf,
  writeRun,
  type Run,
} from './runs.ts';
import { changesNothing, nameWeights } from './weights.ts';

/** Describes how weighted records divide their answers. A change of records completes at once. */
export const division: Division<Run> = {
  write: writeRun,
  read: readRun,
  nameOf: ({ weights }) => nameWeights(weights),
  contentOf,
  mayBeSame,
  mayServeAlike: (one, other) =>
    changesNothing(one.weights, other.weights) && serving(one).every((id) => mayStandBehind(id, one, other)),
  isSaidBy,
  isKnown: (run) => serving(run).every((id) => behindIn(run.behind, id)?.includes('.') === true),
  sidesOf: (run) => {
    const shares = sidesOf(run);
    return { shares, isWhole: Object.keys(shares).length === 1, isDone: true };
  },
};
