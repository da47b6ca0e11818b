import type { Share } from '../../../src/targets/kind.ts';

/**
 * The sweep's shares of API Gateway's management calls: 10 a second for all of an account, and so 600 a minute. Both
 * together take a fifth. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const QUOTA = 'apigateway management';

/** GetStages, one for each API with an opted-in stage. */
export const PAGES: Share = { quota: QUOTA, callsPerMinute: 100 };

/** GetStage, for the deployments that may be proven. */
export const PROOFS: Share = { quota: QUOTA, callsPerMinute: 20 };
