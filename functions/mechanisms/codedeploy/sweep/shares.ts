import type { Share } from '../../../../src/targets/kind.ts';

/**
 * The sweep's shares of the reads of CodeDeploy. AWS publishes no rate; assumed are 20 a second, 1,200 a minute.
 * Unknown: codedeploy-request-rates.
 */

/** BatchGetDeploymentGroups, by a hundred groups of one application. */
export const PAGES: Share = { quota: 'codedeploy read', callsPerMinute: 120 };

/** BatchGetDeployments, by 25: why a deployment failed. */
export const FAILURES: Share = { quota: 'codedeploy read', callsPerMinute: 30 };

/** Groups, deployments, lists and AppSpecs of the deployments that may be proven. */
export const PROOFS: Share = { quota: 'codedeploy read', callsPerMinute: 60 };
