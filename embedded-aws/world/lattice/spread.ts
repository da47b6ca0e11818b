import type { Surroundings } from '../aws.ts';
import type { Rule } from './state.ts';

/** Lets the requests meet the action of a rule, after a while. */
export type Spread = (rule: Rule) => void;

/**
 * Seconds until the data plane follows a change. The API shows the change at once. Amazon ECS waits about 90 seconds
 * after each change of weights. Assumed: no change takes longer. Unknown: lattice-spread.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-lattice-resources-for-blue-green.html
 */
const SECONDS = { min: 20, max: 90 } as const;

/** Creates the delay of the data plane. Changes of a rule arrive in the order in which they were made. */
export function spreading({ clock, random }: Pick<Surroundings, 'clock' | 'random'>): Spread {
  const chance = random('lattice/spread');
  const due = new Map<string, number>();
  return (rule) => {
    const { action } = rule;
    const after = clock.now() + 1000 * chance.between(SECONDS.min, SECONDS.max);
    const at = Math.max(after, due.get(rule.id) ?? 0);
    due.set(rule.id, at);
    clock.at(at, () => {
      rule.spread = action;
    });
  };
}
