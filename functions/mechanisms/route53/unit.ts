import type { Instant } from '../../../src/rollback/request.ts';
import { idOf, isMember, sightOfMember, type Round } from '../../../src/ledger/rounds.ts';
import type { Unit } from '../../../src/targets/kind.ts';

/** Returns the unit that the sweep reads for a page of a zone. */
export function unitOf(zone: string, index: number): Unit {
  return { batch: zone, name: String(index).padStart(4, '0') };
}

/** Comes after the names of all pages. */
const AFTER_ALL = '~';

/**
 * Returns an instant that is no later than the last sight of any page of a zone. Null: unknown, or the sweep does not
 * list the zone.
 */
export function sightInZone(round: Round, zone: string): Instant | null {
  if (!isMember(round, idOf(unitOf(zone, 0)))) return null;
  const isIn = (id: string) => id.startsWith(idOf({ batch: zone, name: '' }));
  const due = Object.entries(round.due).flatMap(([id, sight]) => (isIn(id) ? [sight] : []));
  const all = [...due, sightOfMember(round, idOf({ batch: zone, name: AFTER_ALL }))];
  return all.includes(null) ? null : (all.toSorted()[0] ?? null);
}
