import type { Page, Reconciler, Unit } from '../../src/targets/kind.ts';

/** How a kind's units are read: at most so many in one call, within a share of calls a minute. */
export interface Paging {
  readonly unitsPerPage: number;
  readonly callsPerMinute: number;
}

export function pagingOf({
  unitsPerPage,
  shares: [share],
}: Pick<Reconciler, 'unitsPerPage' | 'shares'>): Paging {
  return { unitsPerPage, callsPerMinute: share.callsPerMinute };
}

/** Packs units into pages of their batches, in the order in which they are added. */
export interface Packer {
  /** Adds a unit, if all pages then take at most so many calls. Returns whether it did. */
  add(unit: Unit, mostCalls: number): boolean;
  pages(): readonly Page[];
}

interface Open {
  readonly units: [Unit, ...Unit[]];
  calls: number;
}

export function createPacker({ unitsPerPage, callsPerMinute }: Paging): Packer {
  const pages: Open[] = [];
  const withRoom = new Map<string, Open>();
  let calls = 0;
  return {
    add: (unit, mostCalls) => {
      const page = withRoom.get(unit.batch);
      const more = Math.max(0, callsOf(unit, callsPerMinute) - (page?.calls ?? 0));
      if (calls + more > mostCalls) return false;
      calls += more;
      const open = page ?? { units: [unit], calls: 0 };
      if (page === undefined) pages.push(open);
      else page.units.push(unit);
      open.calls += more;
      if (open.units.length < unitsPerPage) withRoom.set(unit.batch, open);
      else withRoom.delete(unit.batch);
      return true;
    },
    pages: () => pages.map(({ units }) => units),
  };
}

/** Counts half of the share at most, so that a large unit has its turn. A kind splits larger ones. */
function callsOf({ calls = 1 }: Unit, callsPerMinute: number): number {
  return Math.min(calls, Math.max(1, Math.floor(callsPerMinute / 2)));
}
