import type { Share } from '../../../src/targets/kind.ts';

/**
 * The sweep's shares of Route 53, which lets 5 requests a second of an account through: 300 a minute. All together take a
 * fifth. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
 */
const QUOTA = 'route53';

/** ListResourceRecordSets by 300 records. */
export const PAGES: Share = { quota: QUOTA, callsPerMinute: 40 };

/** The same, to find where the pages of a zone begin, and for what was added after the last one. */
export const MORE: Share = { quota: QUOTA, callsPerMinute: 8 };

/** ListHostedZones by 100: how many records each zone has. */
export const COUNTS: Share = { quota: QUOTA, callsPerMinute: 4 };

/** ListResourceRecordSets of one name, for weights that may be proven and were not read lately. */
export const PROOFS: Share = { quota: QUOTA, callsPerMinute: 8 };
