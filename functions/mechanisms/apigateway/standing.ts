import { condemnedIds, condemnedIn, provenIds, provenIn } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Configuration } from './configuration.ts';

/** Which side is being introduced, and the one beside it. */
export interface Standing {
  /** The newest side: the one at fault, unless it is the good one. */
  readonly introduced: string;
  /** The other side; null: there is none. */
  readonly beside: string | null;
}

/** What the ledger knows of sides. */
export interface Known {
  readonly proven: ReadonlySet<string>;
  readonly condemned: ReadonlySet<string>;
}

export function knownFrom(entries: readonly Entry[]): Known {
  return { proven: new Set(provenIds(entries)), condemned: condemnedIds(entries) };
}

export function isGood(side: string, { proven, condemned }: Known): boolean {
  return proven.has(side) && !condemned.has(side);
}

/** Returns the side that the canary is not, or that is not the canary. */
export function besideIn({ stage, canary }: Configuration, introduced: string): string | null {
  if (canary === null) return null;
  return introduced === stage ? canary.side : stage;
}

/** Returns whether an operator went back: the side is proven, and another one was condemned after that. */
export function isWayBack(side: string, entries: readonly Entry[]): boolean {
  const proven = provenIn(entries).find(({ revision }) => revision.id === side);
  if (proven === undefined) return false;
  return condemnedIn(entries).some(
    ({ revision, condemnedAt }) => revision.id !== side && isAfter(condemnedAt, proven.completedAt),
  );
}
