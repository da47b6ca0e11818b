import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Instant } from '../../../src/rollback/request.ts';
import { phaseEnded, phaseEntered, type Phase } from '../../phases/phase.ts';
import type { Document } from '../../phases/said.ts';

/** One step of a rollback, in words. */
export interface Line extends Phase {
  readonly at: Instant;
}

/** Returns the step that an event of the history shows, or null. */
export function lineIn(event: HistoryEvent): Line | null {
  const { stateEnteredEventDetails: entered, stateExitedEventDetails: exited, timestamp } = event;
  const name = entered?.name ?? exited?.name ?? '';
  const document = entered?.input ?? exited?.output;
  if (document === undefined) return null;
  const phaseIn = entered === undefined ? phaseEnded : phaseEntered;
  const phase = phaseIn(name, JSON.parse(document) as Document);
  return phase === null ? null : { at: timestamp?.toISOString() ?? '', ...phase };
}
