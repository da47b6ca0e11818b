import { rejected, type Rejected } from './answer.ts';
import type { BusEvent } from './kind.ts';

/** The accounts that may request a rollback on the bus. */
export interface Requesters {
  /** Id of Lastgood's own account. */
  readonly own: string;
  /** Ids of other accounts. */
  readonly accounts: readonly string[];
  /** True if all accounts of an organization may. Only the policy of the bus knows which they are. */
  readonly organization: boolean;
}

/** The source of the events that Lastgood publishes. Lastgood requests nothing of itself. */
const OWN_SOURCE = 'lastgood';

/**
 * Returns why the source or account of a request is not allowed, or null. The policy of the bus has allowed it already.
 * This check is for forged sources, and for a policy that an operator widened by hand.
 */
export function problemOfRequester({ source, account }: BusEvent, may: Requesters): Rejected | null {
  if (source === OWN_SOURCE)
    return rejected('source', `must not be "${OWN_SOURCE}", the source of Lastgood's own events`);
  // PutEvents refuses such sources; only AWS's own services and its partners have them.
  if (source.startsWith('aws.') && !source.startsWith('aws.partner/'))
    return rejected('source', 'must not be an AWS service: no AWS service requests a rollback');
  if (account === may.own || may.accounts.includes(account) || may.organization) return null;
  return rejected('account', `${JSON.stringify(account)} may not request a rollback here`);
}
