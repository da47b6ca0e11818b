import type { Unit } from '../../../src/targets/kind.ts';

/** Returns the unit that the sweep reads for a target, in one call. */
export function unitOf(name: string): Unit {
  return { batch: 'forwarders', name };
}
