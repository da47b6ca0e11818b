import type { SeenSplit } from '../../../src/ledger/split-candidates.ts';
import type { Forwarder } from './elb.ts';
import type { Share, Split } from './split.ts';

/** The present division, and the ledger's observations. */
export interface Seen extends SeenSplit<Split> {
  readonly arn: string;
  readonly forwarder: Forwarder;
  /** Every attached group, including those at weight 0. */
  readonly shares: readonly Share[];
}
