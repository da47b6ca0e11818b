import type { Unit } from '../../../src/targets/kind.ts';

/** Returns the unit that the sweep reads for the aliases of a function, in one call as far as is known. */
export function unitOf(functionName: string, calls = 1): Unit {
  return { batch: 'functions', name: functionName, ...(calls > 1 && { calls }) };
}
