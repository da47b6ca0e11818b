import type { Instant } from '../rollback/request.ts';

/** A way back that another system makes, because Lastgood asked it to. */
export interface Handover {
  /** The receiver's idempotency key: a retry of Revert has the same. */
  readonly id: string;
  readonly target: string;
  /** The sources of events that may answer, by the tag of the target. */
  readonly sources: readonly string[];
  readonly wantedAt: Instant;
  /** After this instant no answer counts. */
  readonly until: Instant;
}

/** How far the system says that it is. */
export type Interim =
  | { readonly state: 'accepted'; readonly url?: string | undefined }
  | { readonly state: 'running'; readonly progress: string };

/** The end, as the system says. Only `refused` says that nothing was changed. */
export type Final =
  | { readonly state: 'done'; readonly revision: string }
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: 'failed'; readonly reason: string; readonly touched?: boolean | undefined };

export type HandoverAnswer = Interim | Final;

/** A handover with the answers so far. */
export interface HandedOver extends Handover {
  /** The event was put on the bus. Absent: it may have been. */
  readonly isPut?: true;
  readonly url?: string;
  /** The last progress. */
  readonly progress?: string;
  /** The first final answer. */
  readonly final?: Final;
}

/** The result of an answer. `taken`: it counts, or it is the same again. */
export type Taking =
  | { readonly is: 'taken'; readonly handover: Handover }
  | { readonly is: 'unknown' }
  | { readonly is: 'stranger'; readonly handover: Handover }
  | { readonly is: 'late'; readonly handover: Handover }
  | { readonly is: 'answered'; readonly handover: Handover; readonly final: Final };

export interface Handovers {
  /** Stores a handover, before its event is put on the bus. One that was put stays as it is. */
  want(handover: Handover): Promise<void>;
  /** Notes that the event of a handover is on the bus. */
  put(id: string): Promise<void>;
  of(id: string): Promise<HandedOver | null>;
  /** Takes an answer. The first final one wins. */
  answer(id: string, source: string, answer: HandoverAnswer, at: Instant): Promise<Taking>;
}

export function isFinal(answer: HandoverAnswer): answer is Final {
  return answer.state !== 'accepted' && answer.state !== 'running';
}
