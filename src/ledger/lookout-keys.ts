/**
 * The prefix of the partition keys of lookouts in the ledger's table. No target has it. The role of the function lookout
 * may read and write no other keys there (its function.yml).
 */
export const LOOKOUTS = 'lookout#';

/** The sort key of the item that one lookout holds while it follows a deployment. It comes after those of ENDED. */
export const LEASE = 'now';

/** The prefix of the sort keys of lookouts that ended. */
export const ENDED = 'ended#';

/** A broken service stops a task every few seconds. More say nothing new. */
export const MAX_STOPS = 40;
