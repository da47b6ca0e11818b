/** The number of the template, for a stack with the parameter `off`. */
const USUAL = 5;

/** What the stack takes for a storm. */
export interface StormTargets {
  /** The number of targets that may alarm within five minutes without being a storm. */
  readonly most: number;
  /** True: a storm asks no question. It is counted all the same, so that its members share what they read. */
  readonly areOff: boolean;
}

/**
 * Reads the parameter `storm`: a number of targets, or `off`.
 * @throws Error on any other text. The deployment has checked it (scripts/parameters.ts)
 */
export function readStormTargets(text: string): StormTargets {
  if (text === 'off') return { most: USUAL, areOff: true };
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new Error(`STORM_TARGETS is ${text}: neither off nor a number of targets`);
  return { most: Number(text), areOff: false };
}
