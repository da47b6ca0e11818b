import type { Plan } from '../rollback/plan.ts';
import type { Instant, Request } from '../rollback/request.ts';
import type { Turn } from '../rollback/turn.ts';
import type { Examination } from './examination.ts';
import type { Finding } from './finding.ts';

/** Why a check was started. */
export type Occasion = 'daily' | 'change' | 'asked';

/** The document of the machine `readiness`. */
export interface Checking {
  readonly kind: string;
  readonly request: Request;
  readonly occasion?: Occasion;
  /** When it may read. Absent: at once. */
  readonly turn?: Turn;
  readonly planned?: { readonly is: Plan };
  readonly examined?: { readonly is: Examination };
  /** Set by a Catch of the state machine. */
  readonly error?: { readonly Error: string; readonly Cause?: string };
}

/** How long a rollback would take until users are served well. */
export interface Estimate {
  /** Median of what was measured. */
  readonly seconds: number;
  /** How many rollbacks and deployments of this target were measured. Rehearsals are rollbacks. */
  readonly rollbacks: number;
  readonly deployments: number;
  /** The newest rehearsal among them. Absent: none was measured. */
  readonly rehearsal?: Rehearsed;
}

/** The way back of a rehearsal. */
export interface Rehearsed {
  /** ARN of its execution. */
  readonly execution: string;
  readonly at: Instant;
  readonly seconds: number;
}

/** The way that a rollback would take now. */
export interface Way {
  readonly rung: string;
  readonly does: string;
  readonly from: string;
  readonly to: string;
}

/** Whether a rollback of a target would work, as of one moment. */
export interface Readiness {
  readonly target: string;
  readonly at: Instant;
  /** `unknown`: nothing blocks it, and something could not be read. */
  readonly ready: 'yes' | 'no' | 'unknown';
  /** Null: there is no way back now. */
  readonly way: Way | null;
  /** Null: nothing of this target was measured. */
  readonly estimate: Estimate | null;
  /** 0 to 100; 100 without findings. */
  readonly score: number;
  /** Against the check before. */
  readonly trend: 'first' | 'better' | 'same' | 'worse';
  /** Worst first. */
  readonly findings: readonly Finding[];
}

/** A past check. */
export interface Past {
  readonly at: Instant;
  readonly ready: Readiness['ready'];
  readonly score: number;
}

/** The last check of a target, as it is stored. */
export interface Kept extends Readiness {
  /** ARN of the execution that made it. A retry replaces its own. */
  readonly execution: string;
  /** The checks before it, newest first: at most MAX_PAST. */
  readonly past: readonly Past[];
}

/** The checks that are kept for a trend. One a day: a month. */
export const MAX_PAST = 30;
