import type { Division } from '../../../src/ledger/divisions.ts';
import { divisionOfSplits } from '../../../src/ledger/splits.ts';
import type { Run } from './runs.ts';
import { nameSplit, readSplit, writeContent, writeSplit, type Names, type Split } from './split.ts';

/** Describes how a listener or rule divides its traffic. */
export function divisionOf(names: Names): Division<Run> {
  return divisionOfSplits<Split>({
    write: writeSplit,
    writeContent,
    read: readSplit,
    nameOf: (split) => nameSplit(split, names),
    groupOf: ({ group }) => group,
  });
}
