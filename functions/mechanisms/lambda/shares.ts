import type { Share } from '../../../src/targets/kind.ts';

/**
 * The sweep's shares of Lambda's control plane: 15 requests a second over all of its calls, and so 900 a minute. Both
 * together take a fifth. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const QUOTA = 'lambda control plane';

/** ListAliases, one for each function: 2,000 functions in less than 13 minutes. */
export const PAGES: Share = { quota: QUOTA, callsPerMinute: 156 };

/** GetAlias and GetFunctionConfiguration, for the versions that may be proven. */
export const PROOFS: Share = { quota: QUOTA, callsPerMinute: 24 };

/** The calls that one proof takes. */
export const CALLS_PER_PROOF = 2;
