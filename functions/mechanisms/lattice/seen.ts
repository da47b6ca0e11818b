import type { SeenSplit } from '../../../src/ledger/split-candidates.ts';
import type { ForwarderName } from '../../../src/targets/kinds/lattice/target.ts';
import type { Forwarder } from './lattice.ts';
import type { Names, Share, Split } from './split.ts';

/** The present division, and the ledger's observations. */
export interface Seen extends SeenSplit<Split> {
  readonly name: ForwarderName;
  readonly forwarder: Forwarder;
  /** Every attached group, including those at weight 0. */
  readonly shares: readonly Share[];
  /** Names of target groups by their ids. */
  readonly names: Names;
}
