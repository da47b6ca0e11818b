import { isInFlight } from '../../../src/aws/code-deploy/own-rollback.ts';
import type { Deployment as Known } from '../../../src/rollback/plan.ts';
import type { Deployment } from './codedeploy.ts';

/** Its state in the document's words, leaving aside whether CodeDeploy takes it back. */
export function stateOf(deployment: Deployment): Known['state'] {
  if (isInFlight(deployment)) return 'in-flight';
  return deployment.status === 'Succeeded' ? 'completed' : 'failed';
}
