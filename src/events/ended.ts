import type { Outcome, OutcomeState } from '../rollback/outcome.ts';
import type { Revision } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import type { Emitter } from './emit.ts';

/** What is known of a rollback that ended, however little. */
export interface Ended {
  readonly target?: string | undefined;
  readonly execution: string;
  readonly outcome: Outcome;
  /** Why it was asked for. */
  readonly requested?: string | undefined;
  readonly from?: Revision | undefined;
  readonly to?: Revision | undefined;
  readonly startedAt?: Instant | undefined;
}

/** Tells the end of a rollback. The event's name follows from the outcome. */
export async function tellEnded(emitter: Emitter, { outcome, ...known }: Ended): Promise<void> {
  const { at: endedAt, reason, advice } = outcome;
  const common = { version: '1' as const, ...known, reason, advice: [...advice], endedAt };
  const state: OutcomeState = outcome.state;
  switch (state) {
    case 'rolled-back':
      return emitter.emit('Rollback Succeeded', { ...common, outcome: state });
    case 'skipped':
      return emitter.emit('Rollback Skipped', { ...common, outcome: state });
    case 'failed-clean':
    case 'failed-dirty':
      return emitter.emit('Rollback Failed', { ...common, outcome: state });
  }
}
