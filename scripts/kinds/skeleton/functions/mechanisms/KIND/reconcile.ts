import type { Reconciler } from '../../../../../../src/targets/kind.ts';
import { notWritten } from './not-written.ts';

/** Reads targets of this kind for the sweep. */
export function createReconciler(): Reconciler {
  return {
    deployed: () => notWritten('deployed'),
    recentDeployments: () => notWritten('seen'),
  };
}
