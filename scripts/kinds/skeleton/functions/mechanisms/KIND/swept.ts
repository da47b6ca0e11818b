import type { SweptKind } from '../../../../../../src/targets/kind.ts';
import { notWritten } from './not-written.ts';

/** Reads what the sweep asks of targets of this kind. */
export function createSweptKind(): SweptKind {
  return {
    deployed: () => notWritten('deployed'),
    seen: () => notWritten('seen'),
  };
}
