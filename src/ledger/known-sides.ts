import { isAfter } from '../rollback/time.ts';
import { condemnedIds, condemnedIn, provenIds, provenIn } from './among.ts';
import type { Entry } from './ledger.ts';

/** What the ledger knows of the sides of an alias or stage: versions, or deployments. */
export interface KnownSides {
  readonly proven: ReadonlySet<string>;
  readonly condemned: ReadonlySet<string>;
}

export function knownSides(entries: readonly Entry[]): KnownSides {
  return { proven: new Set(provenIds(entries)), condemned: condemnedIds(entries) };
}

export function isGoodSide(side: string, { proven, condemned }: KnownSides): boolean {
  return proven.has(side) && !condemned.has(side);
}

/** Returns whether an operator went back: the side is proven, and another one was condemned after that. */
export function isWayBack(side: string, entries: readonly Entry[]): boolean {
  const proven = provenIn(entries).find(({ revision }) => revision.id === side);
  if (proven === undefined) return false;
  return condemnedIn(entries).some(
    ({ revision, condemnedAt }) => revision.id !== side && isAfter(condemnedAt, proven.completedAt),
  );
}
