import type { RollbackRecord } from './claims.ts';

/** How far a rollback is that has not ended: it goes on, or it waits for an answer or for the end of a pause. */
export type UnderWay = 'goes-on' | 'answer' | 'pause';

/** Returns how far a rollback is. Null: it has ended. */
export function underWay({ outcome, waitsFor }: RollbackRecord): UnderWay | null {
  return outcome === undefined ? (waitsFor ?? 'goes-on') : null;
}

/** Returns how far the rollbacks are that have not ended, by target. */
export function underWayIn(open: readonly RollbackRecord[]): ReadonlyMap<string, UnderWay> {
  return new Map(
    open.flatMap((record) => {
      const is = underWay(record);
      return is === null ? [] : [[record.target, is] as const];
    }),
  );
}
