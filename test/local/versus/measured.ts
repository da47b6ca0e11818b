import { ARM_NAMES, type ArmName } from '../../../local/versus/arms.ts';
import type { Measured } from '../../../local/versus/measure.ts';
import type { StoryResult } from '../../../local/versus/result.ts';

/** Returns what was measured of a release, with these differences from one that hurts for a minute. */
export function measured(different: Partial<Measured> = {}): Measured {
  return {
    ...{ badSeconds: 60, badRequests: 1200, firstSignal: 30, alarm: null, firstWrite: null, served: 90 },
    ...different,
  };
}

export function storyResult(name: string, of: (arm: ArmName) => Measured = () => measured()): StoryResult {
  return { name, arms: Object.fromEntries(ARM_NAMES.map((arm) => [arm, of(arm)])) as StoryResult['arms'] };
}
