import { expect } from 'vitest';
import { details, type DetailType } from '../../../src/events/details.ts';
import type { Emitter } from '../../../src/events/emit.ts';

/** A published event. */
export interface Published {
  readonly type: DetailType;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Returns an emitter that records events, and refuses those that break their schema. `undefined` is absent, as in JSON.
 */
export function rememberingEmitter(): { readonly emitter: Emitter; readonly published: Published[] } {
  const published: Published[] = [];
  const emitter: Emitter = {
    emit: (type, detail) => {
      const sent = JSON.parse(JSON.stringify(detail)) as Published['detail'];
      expect(details[type].safeParse(sent).error).toBeUndefined();
      published.push({ type, detail: sent });
      return Promise.resolve();
    },
  };
  return { emitter, published };
}
