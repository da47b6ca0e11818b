import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { asOnePage } from '../../../src/targets/as-one-page.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Reconciler } from '../../../src/targets/kind.ts';
import { deployed } from './deployed.ts';
import { createCodeDeploy } from './sdk.ts';
import { recentDeployments } from './recent-deployments.ts';

/**
 * Creates what the sweep uses to reconcile deployment groups. The sweep passes the tagged groups, so it needs no ARNs.
 */
export function createReconciler({ connect, now }: Surroundings): Reconciler {
  const codedeploy = createCodeDeploy(connect(CodeDeployClient), '');
  return asOnePage('codedeploy', {
    deployed: (observed, { optedIn }) => deployed(codedeploy, () => optedIn('here'), observed),
    recentDeployments: async ({ optedIn }) => recentDeployments(codedeploy, await optedIn('here'), now()),
  });
}
