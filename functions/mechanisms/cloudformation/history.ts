import type { CloudFormation, StackEvent } from './cloudformation.ts';
import { operationsIn, stableBefore, type Operation } from './operations.ts';

/** Returns the operations of a stack, newest first, as far back as the one to which a rollback leads. */
export async function historyOf(
  cloudformation: Pick<CloudFormation, 'events'>,
  stackId: string,
): Promise<readonly Operation[]> {
  return operationsIn(
    await cloudformation.events(stackId, (events) => stableBefore(operationsIn(events)) !== null),
  );
}

/**
 * Returns the newest operation. Null: its beginning is further back than Lastgood reads, so none began lately.
 */
export async function newestOf(
  cloudformation: Pick<CloudFormation, 'events'>,
  stackId: string,
): Promise<Operation | null> {
  const begun = (events: readonly StackEvent[]) =>
    operationsIn(events).filter(({ startEvent }) => startEvent !== '');
  return begun(await cloudformation.events(stackId, (events) => begun(events).length > 0))[0] ?? null;
}
