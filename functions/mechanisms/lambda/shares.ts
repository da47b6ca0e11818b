import type { Share } from '../../../src/targets/kind.ts';

/**
 * The sweep's shares of Lambda's control plane: 15 requests a second over all of its calls, and so 900 a minute. They
 * and the look-ups of alarms (functions/sweep/shares.ts) take a fifth together.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const QUOTA = 'lambda control plane';

/** ListAliases, one for each function: 2,000 functions in 14 minutes. */
export const PAGES: Share = { quota: QUOTA, callsPerMinute: 144 };

/** GetAlias and GetFunctionConfiguration, for the versions that may be proven. */
export const PROOFS: Share = { quota: QUOTA, callsPerMinute: 24 };

/** The calls that one proof takes. */
export const CALLS_PER_PROOF = 2;
