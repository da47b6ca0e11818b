import { KINDS, type Kind } from './subject.ts';

/** The kinds of targets that a run can have: one, or a mix of all. */
export const MIXES = ['ecs', 'elb', 'mixed'] as const;
export type Mix = (typeof MIXES)[number];

/** Shares of the mix. The kinds without one divide the rest evenly. */
const SHARES: Readonly<Partial<Record<Kind, number>>> = { ecs: 0.5, lambda: 0.2, elb: 0.15 };

/** Returns how many targets of each kind there are. They add up to `targets`. */
export function countsOf(mix: Mix, targets: number): ReadonlyMap<Kind, number> {
  if (mix !== 'mixed') return new Map([[mix, targets]]);
  const counts = new Map<Kind, number>();
  const rest = 1 - Object.values(SHARES).reduce((sum, share) => sum + share, 0);
  const others = KINDS.filter((kind) => SHARES[kind] === undefined).length;
  let whole = 0;
  let given = 0;
  for (const kind of KINDS) {
    whole += (SHARES[kind] ?? rest / others) * targets;
    const count = Math.round(whole) - given;
    given += count;
    counts.set(kind, count);
  }
  return counts;
}
