import type { Shares } from './ground.ts';
import type { Move, Night } from './night.ts';

/** Notes from now on what each write of Lastgood does to the division of the traffic. */
export function noteMoves({ stage, subject }: Pick<Night, 'stage' | 'subject'>): Move[] {
  const moves: Move[] = [];
  if (subject.shares === undefined) return moves;
  const sharesNow = (): Shares => subject.shares?.() ?? {};
  stage.runtime.wire.troubles.refuse((call) => {
    const { role, operation } = call;
    if (!stage.journal.isWrite({ role, operation, allowed: true })) return null;
    const before = sharesNow();
    const move: Move = { call, before, after: before };
    moves.push(move);
    stage.world.clock.after(0, () => (move.after = sharesNow()));
    return null;
  });
  return moves;
}

/** Returns the releases to which a write gave more traffic. */
export function gainersOf({ before, after }: Pick<Move, 'before' | 'after'>): readonly string[] {
  return Object.keys(after).filter((name) => (after[name] ?? 0) > (before[name] ?? 0));
}
