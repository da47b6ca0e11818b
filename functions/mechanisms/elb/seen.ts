import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Forwarder } from './elb.ts';
import type { Run } from './runs.ts';
import type { Share, Split } from './split.ts';

/** The present division, and the ledger's observations. */
export interface Seen {
  readonly arn: string;
  readonly forwarder: Forwarder;
  /** Every attached group, including those at weight 0. */
  readonly shares: readonly Share[];
  readonly split: Split;
  readonly entries: readonly Entry[];
  /** The sweep's last sight of it. Absent: unknown. */
  readonly notBefore?: Instant;
  /** Newest first, without duplicates. */
  readonly runs: readonly Run[];
}
