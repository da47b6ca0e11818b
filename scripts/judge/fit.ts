import { CLUES, type ClueName } from '../../src/rollback/clues/all.ts';
import type { Weights } from '../../src/rollback/clues/weigh.ts';
import { sceneOf } from '../../src/rollback/clues/scene.ts';
import { factsOf } from './facts.ts';
import type { Incident } from './incident.ts';

/*
 * Fits how much each clue counts (src/rollback/clues/weights.ts) to incidents whose truth is known: a logistic regression.
 * No weight is negative: a clue only speaks in the direction of its argument. Every weight is drawn towards 1, so that a
 * clue which the incidents hardly show still counts by its argument.
 */

const NAMES = Object.keys(CLUES) as ClueName[];
const DIRECTIONS = NAMES.map((name) => (CLUES[name].speaks === 'for' ? 1 : -1));

/**
 * Weight of an incident from an adversarial set. The file has as many of them as real ones; in production they are far
 * rarer.
 */
const SET_SHARE = 0.2;
const PRIOR = 1;
const PULL = 0.6;
const STEPS = 3000;
const RATE = 0.5;
const MOMENTUM = 0.9;

interface Sample {
  readonly strengths: readonly number[];
  readonly isAtFault: number;
  readonly counts: number;
}

/** Returns the weights under which the incidents' truth is likeliest. */
export function fit(incidents: readonly Incident[]): Weights {
  const samples = incidents.flatMap(samplesOf);
  const count = Math.max(samples.length, 1);
  const weights = NAMES.map(() => PRIOR);
  const speeds = NAMES.map(() => 0);
  let [base, baseSpeed] = [0, 0];
  for (let step = 0; step < STEPS; step++) {
    const slopes = weights.map((weight) => PULL * (weight - PRIOR));
    let baseSlope = 0;
    for (const sample of samples) {
      const miss = sample.counts * (likelihood(base, weights, sample.strengths) - sample.isAtFault);
      baseSlope += miss;
      sample.strengths.forEach((strength, at) => {
        slopes[at] = (slopes[at] ?? 0) + miss * (DIRECTIONS[at] ?? 0) * strength;
      });
    }
    weights.forEach((weight, at) => {
      speeds[at] = MOMENTUM * (speeds[at] ?? 0) + (slopes[at] ?? 0) / count;
      weights[at] = Math.max(0, weight - RATE * (speeds[at] ?? 0));
    });
    baseSpeed = MOMENTUM * baseSpeed + baseSlope / count;
    base -= RATE * baseSpeed;
  }
  const rounded = NAMES.map((name, at) => [name, Math.round((weights[at] ?? 0) * 100) / 100] as const);
  return { base: Math.round(base * 100) / 100, weights: Object.fromEntries(rounded) as Weights['weights'] };
}

function likelihood(base: number, weights: readonly number[], strengths: readonly number[]): number {
  const logOdds = strengths.reduce(
    (sum, strength, at) => sum + (DIRECTIONS[at] ?? 0) * (weights[at] ?? 0) * strength,
    base,
  );
  return 1 / (1 + Math.exp(-logOdds));
}

/**
 * Returns both looks of an incident as samples. Skips a look at which AWS already goes back, because blame does not
 * decide it.
 */
function samplesOf(incident: Incident): Sample[] {
  const { truth } = incident;
  if (truth === undefined) return [];
  return [incident, ...incident.later].flatMap((observed) => {
    const facts = factsOf(observed);
    const scene = sceneOf(facts, observed.decidedAt);
    if (scene === null || scene.later.length > 0 || facts.plan.state === 'join') return [];
    const strengths = NAMES.map((name) => CLUES[name].read(scene)?.strength ?? 0);
    return [
      { strengths, isAtFault: truth.shouldAct ? 1 : 0, counts: truth.set === undefined ? 1 : SET_SHARE },
    ];
  });
}

/** Returns the source of the module with the weights. */
export function moduleOf({ base, weights }: Weights): string {
  const lines = Object.entries(weights).map(([name, weight]) => `  ${name}: ${weight},`);
  return `import type { ClueName } from './all.ts';

/* Written by \`npm run fit-weights -- FILE…\`, which says how. */

/** The log odds before any clue. */
export const BASE = ${base};

/** By how much each clue at full strength moves the log odds. The direction is its argument's (all.ts). */
export const WEIGHTS: Readonly<Record<ClueName, number>> = {
${lines.join('\n')}
};
`;
}
