import type { Detail, DetailType } from './details.ts';
import type { Emitter } from './emit.ts';

/** An event that has not been put on the bus yet. */
export type OutgoingEvent = {
  readonly [Type in DetailType]: { readonly type: Type; readonly detail: Detail<Type> };
}[DetailType];

/**
 * Publishes events one after the other, in order. EventBridge promises no order, so consumers go by the instants in the
 * details.
 * @throws what `emit` throws for the first event that fails; those after it are not published
 */
export async function publishAll(emitter: Emitter, events: readonly OutgoingEvent[]): Promise<void> {
  for (const event of events) await publish(emitter, event);
}

function publish(emitter: Emitter, { type, detail }: OutgoingEvent): Promise<void> {
  return emitter.emit(type, detail);
}
