import type { Configuration } from './configuration.ts';

/** Which side is being introduced, and the one beside it. */
export interface Standing {
  /** The newest side: the one at fault, unless it is the good one. */
  readonly introduced: string;
  /** The other side; null: there is none. */
  readonly beside: string | null;
}

/** Returns the side that the canary is not, or that is not the canary. */
export function besideIn({ stage, canary }: Configuration, introduced: string): string | null {
  if (canary === null) return null;
  return introduced === stage ? canary.side : stage;
}
