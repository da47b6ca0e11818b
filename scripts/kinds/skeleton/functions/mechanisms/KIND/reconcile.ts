import type { Reconciler } from '../../../../../../src/targets/kind.ts';
import { notWritten } from './not-written.ts';

/** Reads targets of this kind for the sweep. */
export function createReconciler(): Reconciler {
  return {
    shares: [{ quota: 'the bucket of its pages', callsPerMinute: 1 }],
    unitsPerPage: 1,
    units: () => notWritten('units'),
    read: () => notWritten('read'),
    provesPerMinute: 1,
    deployed: () => notWritten('deployed'),
  };
}
