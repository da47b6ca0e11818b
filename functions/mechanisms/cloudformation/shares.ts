import type { Share } from '../../../src/targets/kind.ts';

/**
 * The sweep's shares of the reads of CloudFormation. AWS publishes no rate; assumed are 10 a second, 600 a minute.
 * Unknown: cloudformation-request-rates.
 */

/** ListStacks, by a hundred stacks of the account. */
export const PAGES: Share = { quota: 'cloudformation read', callsPerMinute: 40 };

/** Events of stacks whose status changed. */
export const CHANGES: Share = { quota: 'cloudformation read', callsPerMinute: 30 };

/** Stacks, events and templates of the updates that may be proven. */
export const PROOFS: Share = { quota: 'cloudformation read', callsPerMinute: 50 };

/** DescribeStacks, mostly one page of DescribeStackEvents, and GetTemplate. */
export const CALLS_PER_PROOF = 5;
