import {
  goesBackByItself,
  mayStillBeRolledBack,
  type Ending,
} from '../../../../src/aws/code-deploy/own-rollback.ts';
import type { Rollback } from '../../../../src/rollback/document.ts';
import type { Instant } from '../../../../src/rollback/request.ts';

/** Its rollback is about to begin, without anybody's word or because Stop told CodeDeploy so. */
export function isAboutToGoBack(deployment: Ending, stopped: Rollback['stopped'], now: Instant): boolean {
  if (stopped?.state === 'reverting') return mayStillBeRolledBack(deployment, now);
  return goesBackByItself(deployment, now);
}
