import type { Rung } from '../../../src/rollback/plan.ts';
import type { Stage } from './gateway.ts';

/** A stage changes within seconds. An edge-optimised endpoint may take minutes. */
const WITHIN_SECONDS = 600;

/** Returns the way back. The canary goes first: what the stage itself has is still in place. */
export function rungsOf(name: string, to: string, { stage, canary }: Stage): readonly [Rung] {
  if (stage === to && canary !== null)
    return [
      {
        name: 'remove-canary',
        does: `removes the canary from the stage ${name}, so that ${to} answers every request`,
        withinSeconds: WITHIN_SECONDS,
      },
    ];
  return [
    {
      name: 'previous-deployment',
      does: `points the stage ${name} at ${to} with its variables, and removes its canary`,
      withinSeconds: WITHIN_SECONDS,
    },
  ];
}
