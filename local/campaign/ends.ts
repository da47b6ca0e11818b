import type { OutcomeState } from '../../src/rollback/outcome.ts';
import type { Revision } from '../../src/rollback/plan.ts';
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
