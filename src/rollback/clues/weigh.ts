import { CLUES, type ClueName } from './all.ts';
import type { Clue } from './clue.ts';
import type { Scene } from './scene.ts';
import { BASE, WEIGHTS } from './weights.ts';

/** The weights of the clues. */
export interface Weights {
  /** The log odds before any clue. */
  readonly base: number;
  readonly weights: Readonly<Record<ClueName, number>>;
}

/**
 * How likely it is that the deployment of the suspect is the cause and that going back ends the harm, with the reasons.
 */
export interface Blame {
  /** From 0 to 1. */
  readonly confidence: number;
  /** The suspect leaks, so its harm may come long after its deployment. */
  readonly leaks: boolean;
  /** The reasons for and against, weightiest first, as whole sentences. */
  readonly reasons: readonly { readonly speaks: 'for' | 'against'; readonly says: string }[];
}

const FITTED: Weights = { base: BASE, weights: WEIGHTS };

/** From this strength on growth counts as a leak. */
const LEAKS_FROM = 0.5;

/** A clue that moves the odds by less than this is not worth a sentence. */
const MIN_WORTH = 0.3;

/** The most reasons, for a reader at three in the morning. */
const MAX_REASONS = 4;

/** Adds up the clues. Each multiplies the odds by its weight and strength, for or against. */
export function blameIn(scene: Scene, { base, weights }: Weights = FITTED): Blame {
  const found = cluesIn(scene, weights);
  const logOdds = found.reduce((sum, { weight }) => sum + weight, base);
  const listed = found
    .filter(({ weight }) => Math.abs(weight) >= MIN_WORTH)
    .toSorted((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
    .slice(0, MAX_REASONS);
  return {
    confidence: 1 / (1 + Math.exp(-logOdds)),
    leaks: strengthOf('growsSinceThen', scene) > LEAKS_FROM,
    reasons: listed.map(({ weight, clue }) => ({ speaks: weight > 0 ? 'for' : 'against', says: clue.says })),
  };
}

function cluesIn(
  scene: Scene,
  weights: Weights['weights'],
): readonly { readonly clue: Clue; readonly weight: number }[] {
  const names = Object.keys(CLUES) as ClueName[];
  return names.flatMap((name) => {
    const clue = CLUES[name].read(scene);
    const direction = CLUES[name].speaks === 'for' ? 1 : -1;
    return clue === null ? [] : [{ clue, weight: direction * weights[name] * clue.strength }];
  });
}

/** Returns the strength of one clue, from 0 to 1. */
export function strengthOf(name: ClueName, scene: Scene): number {
  return CLUES[name].read(scene)?.strength ?? 0;
}
