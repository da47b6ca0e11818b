import type { Instant } from '../rollback/request.ts';
import type { Entry, Ledger } from './ledger.ts';
import type { Round, Rounds } from './rounds.ts';

/** Returns an instant no later than the sweep's last sight of a target. Null: it is not known that there was one. */
export type ReadLastSight = (target: string) => Promise<Instant | null>;

/**
 * Reads the last sight of a target from the round of its kind.
 * @param sightOf returns the sight of the units that the sweep reads for a target
 */
export function createLastSight(
  rounds: Pick<Rounds, 'of'>,
  kind: string,
  sightOf: (round: Round, target: string) => Instant | null,
): ReadLastSight {
  return async (target) => {
    const round = await rounds.of(kind);
    return round === null ? null : sightOf(round, target);
  };
}

/** What the ledger knows of a target, and the last sight before it was asked. */
export interface Known {
  readonly entries: readonly Entry[];
  /** Absent: no sight is known. */
  readonly notBefore?: Instant;
}

/**
 * Returns the sight before a change. If it is unknown, the last record of the target is certainly no later than the
 * change. None for a target without a record. The time of a condemnation is no record of what ran.
 * @param entries newest first
 */
export function sightBeforeChange(
  before: Instant | null,
  entries: readonly Entry[],
): Pick<Known, 'notBefore'> {
  if (before !== null) return { notBefore: before };
  const [last] = entries.flatMap((entry) => (entry.state === 'condemned' ? [] : entry.completedAt));
  return last === undefined ? {} : { notBefore: last };
}

/** The reads of `knownOf`. Without `lastSight` no sight is known. */
export interface Knowing {
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly lastSight?: ReadLastSight;
}

/**
 * Reads the last sight, and then the entries. The sweep records what a sight shows before it keeps the sight: in this
 * order, what the entries lack was not there at that sight.
 */
export async function knownOf({ ledger, lastSight }: Knowing, target: string): Promise<Known> {
  const sight = (await lastSight?.(target)) ?? null;
  const entries = await ledger.entries(target);
  return { entries, ...(sight !== null && { notBefore: sight }) };
}
