import type { Instant } from '../rollback/request.ts';
import { secondsBetween } from '../rollback/time.ts';

/** The meaning of a row's colour. */
export type Tone = 'release' | 'harm' | 'decide' | 'hold' | 'write' | 'proof';

export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** One row of the timeline. `to` is absent for a moment. */
export interface Span {
  readonly what: string;
  readonly from: Instant;
  readonly to?: Instant;
  /** It went on when the rollback ended. */
  readonly isOpen?: true;
  /** The parts that are drawn, where it has breaks. Absent: all of it. */
  readonly parts?: readonly Stretch[];
  /** Replaces the clock times and the length, where they are less exact. `figure`: what the drawing shows of them. */
  readonly says?: {
    readonly from?: string;
    readonly to?: string;
    readonly took?: string;
    readonly figure?: string;
  };
  readonly tone: Tone;
}

/** A span that would end before it began is a moment: clocks differ, and a document may be of an earlier poll. */
export function between(from: Instant, to: Instant): Pick<Span, 'from' | 'to'> {
  return secondsBetween(from, to) > 0 ? { from, to } : { from };
}
