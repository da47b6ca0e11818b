import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Claimed, Judgeable } from '../../../src/rollback/document.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';

/** The document as Judge left it. */
export type Judged = Judgeable & Claimed & { readonly verdict: Verdict };

/** An execution, as its history shows it. */
export interface Past {
  /** Oldest first. */
  readonly judged: readonly Judged[];
  /** Start of the first state that writes to the target. Null: no state did. */
  readonly touchedAt: Instant | null;
}

/** The states that write to the target. */
const WRITING: readonly unknown[] = ['Stop', 'Revert'];

/** Reads a history, oldest event first. https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
export function pastIn(events: readonly HistoryEvent[]): Past {
  const touched = events.find(({ stateEnteredEventDetails: entered }) => WRITING.includes(entered?.name));
  return { judged: events.flatMap(judgedIn), touchedAt: touched?.timestamp?.toISOString() ?? null };
}

function judgedIn({ stateExitedEventDetails: exited }: HistoryEvent): readonly Judged[] {
  if (exited?.name !== 'Judge' || exited.output === undefined) return [];
  return [JSON.parse(exited.output) as Judged];
}
