import { isInFlight } from '../../../src/aws/code-deploy/own-rollback.ts';
import type { Deployment as Known } from '../../../src/rollback/plan.ts';
import type { Deployment } from './codedeploy.ts';

/** Returns its state in the document's words, regardless of a rollback by CodeDeploy. */
export function stateOf(deployment: Deployment): Known['state'] {
  if (isInFlight(deployment)) return 'in-flight';
  return deployment.status === 'Succeeded' ? 'completed' : 'failed';
}
