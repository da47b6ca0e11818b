import type { Share } from '../../../../src/targets/kind.ts';

/**
 * The sweep's shares of the reads of AppConfig. AWS publishes no rate; assumed are 10 a second, 600 a minute.
 * Unknown: appconfig-request-rates.
 */

/** ListDeployments, one environment a call. */
export const PAGES: Share = { quota: 'appconfig read', callsPerMinute: 60 };

/** Deployments and monitors of environments whose deployments may be proven. */
export const PROOFS: Share = { quota: 'appconfig read', callsPerMinute: 60 };

/** A proof reads the environment, and at most two pages of its deployments. */
export const CALLS_PER_PROOF = 3;
