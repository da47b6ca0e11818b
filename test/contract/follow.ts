import type { Followed } from '../../src/lookout/document.ts';
import type { SidesAnswer } from '../../src/lookout/sided.ts';

/** Returns the document of a lookout at its first reading. */
export function followed(target: string, startedAt: string, more: Partial<Followed> = {}): Followed {
  return { kind: target.slice(0, target.indexOf(':')), target, deployment: 'begun', startedAt, ...more };
}

/** Returns the document at a later reading, after these sides. */
export function again(before: Followed, sides: SidesAnswer): Followed {
  return { ...before, sides: { ...sides, at: before.startedAt } };
}
