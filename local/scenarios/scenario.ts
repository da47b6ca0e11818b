import type { OutcomeState } from '../../src/rollback/outcome.ts';
import type { Stage } from './stage.ts';

/** One story on the embedded AWS, and how it must end. */
export interface Scenario {
  /** Begins with the target's kind: `ecs-bad-image`. */
  readonly name: string;
  /** What it shows, in one line. */
  readonly shows: string;
  readonly target: string;
  /** Sets the scene and lets the fault happen. The rest is Lastgood's. */
  readonly play: (stage: Stage) => Promise<void>;
  /** Which execution is told about, where several got as far as a plan; the first unless the story says otherwise. */
  readonly follows?: 'first' | 'last';
  readonly ends: Ending;
}

/** How a scenario must end. What is left out is not looked at. */
export interface Ending {
  /** How the rollback ended; `none`: there must be no execution at all. */
  readonly outcome: OutcomeState | 'none';
  /** Whether the users are served at the end: the traffic's truth, not ours. */
  readonly served: boolean;
  /** What the outcome's reason must say. */
  readonly because?: RegExp;
  /** The states of the rollback, in order, with repeated looks left out. */
  readonly through?: readonly string[];
  /** Every write to the target, in order: `StopServiceDeployment`. */
  readonly writes: readonly string[];
  /** These instead, where chance decides whether AWS or Lastgood is first. */
  readonly orWrites?: readonly string[];
  /** Moves of traffic to what cannot carry it that are the story's own, and none of Lastgood's. */
  readonly movedByPeople?: RegExp;
  /** How many executions there were, the skipped ones too. */
  readonly executions?: number;
  /** More that must hold; answers with what is wrong, or null. */
  readonly also?: (stage: Stage) => string | null;
}
