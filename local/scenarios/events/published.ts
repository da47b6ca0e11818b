import { details, type DetailType } from '../../../src/events/details.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import type { Stage } from '../stage.ts';

/** One event of Lastgood on the bus. */
export interface Published {
  readonly type: DetailType;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Returns Lastgood's events on the bus, in order.
 * @throws Error when an event does not match its schema
 */
export function publishedEvents({ runtime }: Stage): readonly Published[] {
  const own = runtime.bus.published.filter(({ event }) => event.source === 'lastgood');
  return own
    .filter(({ event }) => Object.hasOwn(details, event['detail-type']))
    .map(({ event }) => {
      const type = event['detail-type'] as DetailType;
      const { error } = details[type].safeParse(event.detail);
      if (error !== undefined) throw new Error(`${type} does not match its schema: ${error.message}`);
      return { type, detail: event.detail };
    });
}

/** Returns null if the events have these detail types, in this order, or else the difference. */
export function differsFromPublished(stage: Stage, wanted: readonly DetailType[]): string | null {
  const types = publishedEvents(stage).map(({ type }) => type);
  return types.join() === wanted.join()
    ? null
    : `published were [${types.join(', ')}], not [${wanted.join(', ')}]`;
}

/** Returns null if exactly one rejection was published and named this field, or else the fields. */
export function rejectedOnce(stage: Stage, field: string): string | null {
  const rejections = publishedEvents(stage).filter(({ type }) => type === 'Rollback Rejected');
  const fields = rejections.map(({ detail }) => detail['field']);
  return fields.join() === field ? null : `rejected were [${fields.join(', ')}], not ${field} once`;
}

/** Returns null if no revision but the one of this name was condemned, or else the others. */
export function condemnedBesides(stage: Stage, culprit: string): string | null {
  const condemned = publishedEvents(stage).filter(
    ({ type, detail }) => type === 'Rollback Frozen' && 'execution' in detail,
  );
  const names = condemned.map(({ detail }) => (detail['revision'] as Revision).name);
  const others = names.filter((name) => name !== culprit);
  return others.length === 0 ? null : `condemned were [${others.join(', ')}], and at most ${culprit} may be`;
}
