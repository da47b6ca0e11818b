import type { Instant } from '../rollback/request.ts';
import type { OutgoingEvent } from './publish.ts';

/** An alarm that turned. */
interface Turned {
  readonly name: string;
  readonly arn: string | null;
  readonly at: Instant;
}

/** A value that Lastgood cannot use, and its path. */
interface Wrong {
  readonly field: string;
  readonly problem: string;
}

/** Returns the events that say why an alarm, or a word of its tag, starts nothing. */
export function rejectionsOf(
  { name, arn, at }: Turned,
  wrong: readonly Wrong[],
  rejectedAt: Instant,
): readonly OutgoingEvent[] {
  return wrong.map(({ field, problem }) => ({
    type: 'Rollback Rejected',
    detail: {
      ...{ version: '1', request: `${arn ?? name} ${at}`, field, problem },
      ...{ alarm: name, source: 'aws.cloudwatch', rejectedAt },
    },
  }));
}
