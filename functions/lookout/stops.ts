import type { NotedStop } from '../../src/ledger/lookouts.ts';
import type { BothSides, Side, Stop } from '../../src/lookout/document.ts';
import { isNumberOf } from '../../src/targets/kinds/ecs/numbered.ts';

/** Returns the stops of both sides. A stop of a third revision concerns neither. */
export function stopsFor({ newer, older }: BothSides, stops: readonly NotedStop[]): readonly Stop[] {
  return stops.flatMap((stop) => {
    const side = isOf(stop, newer, older) ? 'newer' : isOf(stop, older, newer) ? 'older' : null;
    return side === null ? [] : [{ at: stop.at, side, kind: stop.kind, says: stop.says }];
  });
}

/** Says whether a task is of one side: by the deployment that started it, or by a task definition of this side alone. */
function isOf({ startedBy, definition }: NotedStop, side: Side, other: Side): boolean {
  if (isNumberOf(startedBy, side.revision.id)) return true;
  return definition === side.revision.name && side.revision.name !== other.revision.name;
}
