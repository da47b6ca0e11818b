import type { OutcomeState } from '../../src/rollback/outcome.ts';
import type { Revision } from '../../src/rollback/plan.ts';
import type { Rollback } from './course.ts';
import type { Night } from './night.ts';

/** The end of a rollback, as Lastgood published it. */
export interface End {
  readonly execution: string;
  readonly outcome: OutcomeState;
  readonly reason: string;
  readonly endedAt: string;
  readonly from?: Revision;
  readonly to?: Revision;
  readonly times?: Readonly<Record<string, string>>;
}

/** Returns the published ends by execution. An event that is published twice is there twice. */
export function endsIn({ stage: { runtime } }: Night): ReadonlyMap<string, readonly End[]> {
  const ends = new Map<string, End[]>();
  for (const { event } of runtime.bus.published) {
    if (event.source !== 'lastgood' || !('outcome' in event.detail)) continue;
    const end = event.detail as unknown as End;
    ends.set(end.execution, [...(ends.get(end.execution) ?? []), end]);
  }
  return ends;
}

/**
 * Returns when a rollback began and ended, in milliseconds since the epoch. One without Report ends when its execution
 * does, and for Lastgood when the sweep reports it.
 */
export function instantsOf(night: Night, rollback: Rollback): readonly number[] {
  const { execution, endedAt } = rollback;
  const [published] = endsIn(night).get(execution.arn) ?? [];
  const stopped = [execution.stoppedAt, published?.endedAt].flatMap((at) => (at ? Date.parse(at) : []));
  return [begunAt(rollback), ...stopped, ...(endedAt === null ? [] : [endedAt])];
}

export function begunAt({ execution }: Rollback): number {
  return Date.parse(execution.startedAt);
}
