import {
  goesBackByItself,
  mayStillBeRolledBack,
  type Ending,
} from '../../../../src/aws/code-deploy/own-rollback.ts';
import type { Rollback } from '../../../../src/rollback/document.ts';
import type { Instant } from '../../../../src/rollback/request.ts';

/** Returns whether its rollback is about to begin, natively or because Stop requested it. */
export function isAboutToGoBack(deployment: Ending, stopped: Rollback['stopped'], now: Instant): boolean {
  if (stopped?.state === 'reverting') return mayStillBeRolledBack(deployment, now);
  return goesBackByItself(deployment, now);
}
