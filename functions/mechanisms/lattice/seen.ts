import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { ForwarderName } from '../../../src/targets/kinds/lattice/target.ts';
import type { Forwarder } from './lattice.ts';
import type { Run } from './runs.ts';
import type { Names, Share, Split } from './split.ts';

/** The present division, and the ledger's observations. */
export interface Seen {
  readonly name: ForwarderName;
  readonly forwarder: Forwarder;
  /** Every attached group, including those at weight 0. */
  readonly shares: readonly Share[];
  readonly split: Split;
  /** Names of target groups by their ids. */
  readonly names: Names;
  readonly entries: readonly Entry[];
  /** The sweep's last sight of it. Absent: unknown. */
  readonly notBefore?: Instant;
  /** Newest first, without duplicates. */
  readonly runs: readonly Run[];
}
