import type { Run, Status } from './run.ts';

/** A state that the execution entered. */
export interface EnteredState {
  readonly name: string;
  /** Virtual instant, ISO. */
  readonly at: string;
  /** Its input. */
  readonly input: unknown;
}

/** An execution of a state machine, for tests and scenarios: JSON is parsed, times are ISO. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly input: unknown;
  readonly status: Status;
  readonly startedAt: string;
  readonly stoppedAt?: string;
  /** In the order of entry, including those of branches. */
  readonly states: readonly EnteredState[];
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** The cached view of a run. */
interface Known {
  readonly execution: Execution;
  /** The length of the history that it covers. */
  readonly entries: number;
  readonly states: readonly EnteredState[];
}

/** Every clock step reads the executions, and most have not changed. */
const known = new WeakMap<Run, Known>();

export function executionOf(run: Run): Execution {
  const entries = run.history.length;
  const before = known.get(run);
  if (before?.entries === entries && before.execution.status === run.status) return before.execution;
  const news = run.history.slice(before?.entries ?? 0).filter(({ type }) => type === 'StateEntered');
  const entered = news.map((entry) => ({ name: entry.state, at: iso(entry.at), input: entry.input }));
  const states = [...(before?.states ?? []), ...entered];
  const execution = read(run, states, before?.execution.input ?? (JSON.parse(run.input) as unknown));
  known.set(run, { entries, execution, states });
  return execution;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

function read(run: Run, states: readonly EnteredState[], input: unknown): Execution {
  const { arn, name, status, startedAt, stoppedAt, output, error, cause } = run;
  return {
    arn,
    name,
    input,
    status,
    startedAt: iso(startedAt),
    ...(stoppedAt !== undefined && { stoppedAt: iso(stoppedAt) }),
    states,
    ...(output !== undefined && { output: JSON.parse(output) as unknown }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}
