import type { Division } from '../../../src/ledger/divisions.ts';
import { divisionOfSplits } from '../../../src/ledger/splits.ts';
import type { Run } from './runs.ts';
import { nameSplit, readSplit, writeContent, writeSplit, type Split } from './split.ts';

/** Describes how a listener or rule divides its traffic. */
export function divisionOf(arn: string): Division<Run> {
  return divisionOfSplits<Split>({
    write: writeSplit,
    writeContent,
    read: (text) => readSplit(text, arn),
    nameOf: nameSplit,
    groupOf: ({ targetGroup }) => targetGroup,
  });
}
