import type { Changes, KeptChange } from '../../src/ledger/changes.ts';
import { ignored, type Ignored } from '../../src/targets/answer.ts';
import { readBusEvent } from '../../src/targets/bus-event.ts';
import type { StackStatus, Stacks } from '../../src/ledger/stacks.ts';
import { readChange } from './read-change.ts';
import { readStack } from './read-stack.ts';

type Answer = KeptChange | StackStatus | Ignored;

/**
 * Keeps a change for an hour, and the status of a stack until the next.
 * @throws InvalidRequest naming the field, if an event about a change cannot be read
 */
export function onChange(
  changes: Pick<Changes, 'keep'>,
  stacks: Pick<Stacks, 'keep'>,
): (event: unknown) => Promise<Answer> {
  return async (event) => {
    const found = readBusEvent(event);
    const stack = found === null ? null : readStack(found);
    if (stack !== null) {
      await stacks.keep(stack.stack, stack);
      return stack;
    }
    const change = found === null ? null : readChange(found);
    if (found === null || change === null) return ignored('is not an event about a known kind of change');
    await changes.keep(found.id, change);
    return change;
  };
}
