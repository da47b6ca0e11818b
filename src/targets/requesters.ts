import { rejected, type Rejected } from './answer.ts';
import type { BusEvent } from './kind.ts';

/** Who may ask for a rollback on our bus. */
export interface Requesters {
  /** Our own AWS account. */
  readonly own: string;
  /** Ids of other accounts. */
  readonly accounts: readonly string[];
  /** Whether all accounts of an organization may: which they are, only the policy of the bus knows. */
  readonly organization: boolean;
}

/** The source of our own events: we tell on the bus, and never ask. */
const OURS = 'lastgood';

/**
 * What speaks against a request by where it comes from, or null. The policy of the bus has let it in already; this is
 * for events that look like somebody else's, and for a policy that somebody widened by hand.
 */
export function problemOfRequester({ source, account }: BusEvent, may: Requesters): Rejected | null {
  if (source === OURS)
    return rejected('source', `must not be "${OURS}": that is how our own events are told`);
  // PutEvents refuses such sources; only AWS's own services and its partners have them.
  if (source.startsWith('aws.') && !source.startsWith('aws.partner/'))
    return rejected('source', 'must not be a service of AWS: none of them asks for a rollback');
  if (account === may.own || may.accounts.includes(account) || may.organization) return null;
  return rejected('account', `${JSON.stringify(account)} is not one that may ask for a rollback here`);
}
