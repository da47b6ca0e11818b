import { details, type DetailType } from '../../../src/events/details.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import type { Stage } from '../stage.ts';

/** Our events as they came onto the bus, in order. */
export interface Heard {
  readonly type: DetailType;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** @throws Error when an event is not as its schema says */
export function heard({ runtime }: Stage): readonly Heard[] {
  const ours = runtime.bus.published.filter(({ event }) => event.source === 'lastgood');
  return ours
    .filter(({ event }) => Object.hasOwn(details, event['detail-type']))
    .map(({ event }) => {
      const type = event['detail-type'] as DetailType;
      const { error } = details[type].safeParse(event.detail);
      if (error !== undefined) throw new Error(`${type} is not as its schema says: ${error.message}`);
      return { type, detail: event.detail };
    });
}

/** Null, or how what was told differs from these detail types, in this order. */
export function toldOtherThan(stage: Stage, wanted: readonly DetailType[]): string | null {
  const told = heard(stage).map(({ type }) => type);
  return told.join() === wanted.join() ? null : `told was [${told.join(', ')}], not [${wanted.join(', ')}]`;
}

/** Null when one rejection was told, and named this field; else what was. */
export function rejectedOnce(stage: Stage, field: string): string | null {
  const rejections = heard(stage).filter(({ type }) => type === 'Rollback Rejected');
  const fields = rejections.map(({ detail }) => detail['field']);
  return fields.join() === field ? null : `rejected were [${fields.join(', ')}], not ${field} once`;
}

/** Null when nothing was condemned but the revision of this name, or nothing at all; else what was. */
export function condemnedBesides(stage: Stage, culprit: string): string | null {
  const condemned = heard(stage).filter(
    ({ type, detail }) => type === 'Rollback Frozen' && 'execution' in detail,
  );
  const names = condemned.map(({ detail }) => (detail['revision'] as Revision).name);
  const others = names.filter((name) => name !== culprit);
  return others.length === 0 ? null : `condemned was [${others.join(', ')}], and at most ${culprit} may be`;
}
