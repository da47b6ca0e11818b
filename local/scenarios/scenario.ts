import type { Cause } from '../../src/rollback/evidence.ts';
import type { OutcomeState } from '../../src/rollback/outcome.ts';
import type { Stage, StageOptions } from './stage.ts';

/** One scenario on the embedded AWS, and its expected end. */
export interface Scenario {
  /** Begins with the target's kind: `ecs-bad-image`. */
  readonly name: string;
  /** What it shows, in one line. */
  readonly shows: string;
  readonly target: string;
  /** Values of the template's parameters, besides those of all scenarios. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Policies that others attached to roles of the stack, by the name of the role. */
  readonly attached?: StageOptions['attached'];
  /** Other stacks of the account. */
  readonly beside?: StageOptions['beside'];
  /** Prepares the situation and lets the fault happen. Lastgood does the rest. */
  readonly play: (stage: Stage) => Promise<void>;
  /** The execution to check, if several got as far as a plan; the first unless the scenario says otherwise. */
  readonly follows?: 'first' | 'last';
  readonly ends: Ending;
}

/** Expected end of a scenario. Absent fields are not checked. */
export interface Ending {
  /** Outcome of the rollback; `none`: no execution may exist. */
  readonly outcome: OutcomeState | 'none';
  /** Whether the users are served at the end, as the traffic measures it. */
  readonly served: boolean;
  /** A pattern that the outcome's reason must match. */
  readonly because?: RegExp;
  /** The states of the rollback, in order, without repeated looks. */
  readonly through?: readonly string[];
  /** Every write to the target, in order: `StopServiceDeployment`. */
  readonly writes: readonly string[];
  /** The writes if AWS acts first, where chance decides between AWS and Lastgood. */
  readonly orWrites?: readonly string[];
  /** Moves of traffic to a side without capacity that the scenario makes, and Lastgood must not. */
  readonly movedByPeople?: RegExp;
  /** Operations that IAM must deny, because the scenario takes the consent. Absent: none may be denied. */
  readonly denied?: readonly string[];
  /** Number of executions, skipped ones included. */
  readonly executions?: number;
  /** The likely cause that the evidence must name. Absent: nothing that AWS shows names one. */
  readonly cause?: Cause;
  /** A further check. Returns the difference, or null. */
  readonly also?: (stage: Stage) => string | null;
}
