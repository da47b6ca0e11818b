import type { Checking } from '../../src/readiness/document.ts';

/** Says whether the mechanism answered that the target is gone, or that no rollback covers it. */
export function isGone({ planned, error }: Checking): boolean {
  return planned === undefined && error?.Error === 'UnsupportedTarget';
}
