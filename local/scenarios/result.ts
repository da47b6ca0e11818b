import type { OutcomeState } from '../../src/rollback/outcome.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';

/** One thing that happened. Times are ISO instants of the virtual clock. */
export interface Happening {
  readonly at: string;
  readonly what: string;
}

/** Output of `npm run scenario -- NAME --json`. */
export interface Result {
  readonly scenario: string;
  readonly seed: number;
  readonly target: string;
  readonly outcome: OutcomeState | 'none';
  readonly reason: string;
  /** How each rollback of the target ended that got a plan, in the order in which they began. */
  readonly ends: readonly { readonly outcome: OutcomeState | 'none'; readonly reason: string }[];
  readonly from: string | null;
  readonly to: string | null;
  readonly verdict: Pick<Verdict, 'verdict' | 'reasons' | 'against'> | null;
  /** The rungs tried, in order: name, and how each ended. */
  readonly rungs: readonly { readonly name: string; readonly ended: string }[];
  /** States entered, in order. */
  readonly states: readonly string[];
  readonly timeline: readonly Happening[];
  /** Every AWS call of Lastgood's roles. */
  readonly calls: readonly {
    readonly at: string;
    readonly service: string;
    readonly operation: string;
    readonly role: string;
    readonly allowed: boolean;
  }[];
  readonly recovery: {
    readonly badSince: string | null;
    /** The first alarm, and the first write of Lastgood, since the harm began; else the first of all. */
    readonly alarmAt: string | null;
    readonly firstMitigationAt: string | null;
    readonly restoredAt: string | null;
  };
  /** Whether it ended as the scenario expects, and the differences if not. */
  readonly passed: boolean;
  readonly problems: readonly string[];
}
