import { isAboutToBeRolledBack, isInFlight } from '../../../../src/aws/code-deploy/own-rollback.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import type { CodeDeployment } from './code-deploy.ts';

/**
 * Where the newest deployment stands.
 * - rolling-out: it can be stopped.
 * - rolling-back: CodeDeploy takes `atFault` back, or is about to.
 * - went-back: it did, with `by`.
 * - at-rest: the newest one is over, however it ended.
 */
export type Standing =
  | { readonly state: 'rolling-out' | 'rolling-back' | 'at-rest'; readonly atFault: CodeDeployment }
  | { readonly state: 'went-back'; readonly atFault: CodeDeployment; readonly by: CodeDeployment };

/** Newest first; null: there is none. */
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
