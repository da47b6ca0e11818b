import type { Detail, DetailType } from './details.ts';
import type { Emitter } from './emit.ts';

/** One event, not put on the bus yet. */
export type Telling = {
  readonly [Type in DetailType]: { readonly type: Type; readonly detail: Detail<Type> };
}[DetailType];

/**
 * Puts events on the bus one after the other, so that they are there in their order where nothing goes wrong. EventBridge
 * itself promises no order: consumers go by the instants in the details.
 * @throws what `emit` throws for the first that fails; those after it were not told
 */
export async function tellAll(emitter: Emitter, tellings: readonly Telling[]): Promise<void> {
  for (const telling of tellings) await tell(emitter, telling);
}

function tell(emitter: Emitter, { type, detail }: Telling): Promise<void> {
  return emitter.emit(type, detail);
}
