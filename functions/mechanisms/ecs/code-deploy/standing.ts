import { isAboutToBeRolledBack, isInFlight } from '../../../../src/aws/code-deploy/own-rollback.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import type { CodeDeployment } from './code-deploy.ts';

/**
 * State of the newest deployment.
 * - rolling-out: it can be stopped.
 * - rolling-back: CodeDeploy rolls `atFault` back, or is about to.
 * - went-back: CodeDeploy rolled it back, with `by`.
 * - at-rest: the newest one has ended, with any result.
 */
export type Standing =
  | { readonly state: 'rolling-out' | 'rolling-back' | 'at-rest'; readonly atFault: CodeDeployment }
  | { readonly state: 'went-back'; readonly atFault: CodeDeployment; readonly by: CodeDeployment };

/** Derives the state; null: there is no deployment. @param deployments newest first */
export function standingOf(deployments: readonly CodeDeployment[], now: Instant): Standing | null {
  const [newest] = deployments;
  if (newest === undefined) return null;
  const taken = deployments.find(({ id }) => id === newest.rollbackOf);
  if (taken === undefined) return { state: alone(newest, now), atFault: newest };
  if (isInFlight(newest)) return { state: 'rolling-back', atFault: taken };
  if (newest.status === 'Succeeded') return { state: 'went-back', atFault: taken, by: newest };
  return { state: 'at-rest', atFault: taken };
}

function alone(newest: CodeDeployment, now: Instant): 'rolling-out' | 'rolling-back' | 'at-rest' {
  if (isInFlight(newest)) return 'rolling-out';
  return isAboutToBeRolledBack(newest, now) ? 'rolling-back' : 'at-rest';
}
