import type { Rollback } from '../rollback/document.ts';
import type { Series } from '../rollback/facts.ts';
import type { OutcomeState } from '../rollback/outcome.ts';
import type { Instant } from '../rollback/request.ts';
import type { Limit } from '../rollback/gauge.ts';
import type { Unit } from '../rollback/unit.ts';

/** The end of the rollback, as its event says it. */
export interface End {
  readonly outcome: OutcomeState;
  readonly reason: string;
  readonly advice: readonly string[];
  readonly endedAt: Instant;
}

/** A state of the workflow that was entered. */
export interface Entered {
  readonly name: string;
  readonly at: Instant;
}

/** One line of a chart. `role` is the side: all of the target, the release at fault, or the revision before it. */
export interface Line {
  readonly name: string;
  readonly role: 'all' | 'new' | 'old';
  readonly series: Series;
}

/** One metric over the time of the rollback. */
export interface Chart {
  readonly title: string;
  /** What is measured, in a few words. */
  readonly measures: string;
  readonly unit: Unit;
  readonly lines: readonly Line[];
  /** The limit of the alarm. Absent: unknown. */
  readonly limit?: Limit;
}

/** All that a report page shows. */
export interface Material {
  /** ARN of the execution. */
  readonly execution: string;
  /** Absent: the input of the execution could not be read. */
  readonly target?: string | undefined;
  readonly end: End;
  /** The newest document of the execution. Null: it could not be read. */
  readonly document: Rollback | null;
  /** Oldest first; empty: the history could not be read. */
  readonly states: readonly Entered[];
  readonly charts: readonly Chart[];
  /** Sources that did not answer, with the reason, in whole sentences. */
  readonly missing: readonly string[];
}
