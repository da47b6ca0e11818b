import type { Share } from '../../../src/targets/kind.ts';

/** AWS gives no rates for the API of VPC Lattice, so these are small. Unknown: lattice-rates. */
const QUOTA = 'lattice read (not measured)';

/** GetListener and GetRule, one for each target: 600 in ten minutes. AWS has no list with the actions of rules. */
export const PAGES: Share = { quota: QUOTA, callsPerMinute: 60 };

/** The same, for the divisions that may be proven. */
export const PROOFS: Share = { quota: QUOTA, callsPerMinute: 20 };

/** ListTargetGroups, one for each hundred groups: once a minute, and only where something is new. */
export const NAMES: Share = { quota: QUOTA, callsPerMinute: 10 };
