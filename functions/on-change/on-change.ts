import type { Changes, KeptChange } from '../../src/ledger/changes.ts';
import { ignored, type Ignored } from '../../src/targets/answer.ts';
import { readBusEvent } from '../../src/targets/bus-event.ts';
import { readChange } from './read-change.ts';

/**
 * Keeps a change for an hour.
 * @throws InvalidRequest naming the field, if an event about a change cannot be read
 */
export function onChange(changes: Pick<Changes, 'keep'>): (event: unknown) => Promise<KeptChange | Ignored> {
  return async (event) => {
    const found = readBusEvent(event);
    const change = found === null ? null : readChange(found);
    if (found === null || change === null) return ignored('is not an event about a known kind of change');
    await changes.keep(found.id, change);
    return change;
  };
}
