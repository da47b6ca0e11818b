import type { Reconciler } from '../../../../../../src/targets/kind.ts';
import { notWritten } from './not-written.ts';

/** Reads what the sweep asks of targets of this kind. */
export function createReconciler(): Reconciler {
  return {
    deployed: () => notWritten('deployed'),
    recentDeployments: () => notWritten('seen'),
  };
}
