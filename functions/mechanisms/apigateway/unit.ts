import type { Unit } from '../../../src/targets/kind.ts';

/** Returns the unit that the sweep reads for the stages of an API, in one call. */
export function unitOf(api: string): Unit {
  return { batch: 'apis', name: api };
}
