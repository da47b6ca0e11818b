import type { Tags } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { StageName } from '../../../src/targets/kinds/pipeline/target.ts';

/** A pipeline's structure. */
export interface Pipeline {
  readonly arn: string;
  /** `V1` or `V2`. */
  readonly type: string;
  /** `SUPERSEDED`, `QUEUED` or `PARALLEL`. */
  readonly mode: string;
  /** The structure version. Each edit raises it. */
  readonly version: number;
  readonly stages: readonly Stage[];
}

export interface Stage {
  readonly name: string;
  readonly actions: readonly Action[];
}

export interface Action {
  readonly name: string;
  readonly category: string;
  readonly provider: string;
  readonly configuration: Readonly<Record<string, string>>;
}

/** What happens in a stage. */
export interface StageState {
  readonly name: string;
  /** The last execution that entered. Null: none did. */
  readonly latest: { readonly id: string; readonly status: string; readonly isRollback: boolean } | null;
  readonly actions: readonly ActionState[];
  /** Ids of the executions that wait before the stage. */
  readonly waiting: readonly string[];
  /** Why its inbound transition is disabled. Null: it is enabled. */
  readonly heldBy: string | null;
}

export interface ActionState {
  readonly name: string;
  readonly status: string;
  /** When its status last changed. Null: it has not begun. */
  readonly at: Instant | null;
  /** Why it failed, or an empty text. */
  readonly error: string;
  /** It is an approval that waits for its answer. */
  readonly asks: boolean;
}

/** A source revision of an execution. */
export interface Source {
  readonly action: string;
  readonly id: string;
  readonly summary: string;
  readonly url: string;
}

export interface Execution {
  readonly id: string;
  readonly status: string;
  readonly startedAt: Instant;
  readonly sources: readonly Source[];
  /** The execution whose revisions it redeploys. Null: it is of the type STANDARD. */
  readonly redeploys: string | null;
}

/** One run of an action. */
export interface ActionRun {
  readonly execution: string;
  readonly stage: string;
  readonly version: number;
  /** `Deploy`, `Approval` or another; empty: AWS did not say. */
  readonly category: string;
  readonly status: string;
  readonly startedAt: Instant;
  readonly changedAt: Instant;
}

/** The calls of AWS CodePipeline that the mechanism makes. Null: there is no such pipeline, stage or execution. */
export interface CodePipeline {
  pipeline(name: string): Promise<Pipeline | null>;
  tags(arn: string): Promise<Tags>;
  states(name: string): Promise<readonly StageState[] | null>;
  /** Lists the last hundred executions, newest first. */
  executions(name: string): Promise<readonly Execution[] | null>;
  /** Lists those of the present structure version that succeeded in a stage, newest first. */
  succeeded(name: StageName): Promise<readonly Execution[] | null>;
  /** Lists the last runs of actions, of one execution or of all. */
  runs(name: string, execution?: string): Promise<readonly ActionRun[]>;
  execution(
    name: string,
    id: string,
  ): Promise<(Pick<Execution, 'id' | 'sources' | 'redeploys'> & { readonly version: number }) | null>;
  /** Starts a rollback of a stage, and returns the id of its execution. AWS takes no token: look for an earlier one. */
  rollBack(name: StageName, execution: string): Promise<string>;
  /** Disables the inbound transition of a stage. */
  hold(name: StageName, reason: string): Promise<void>;
}
