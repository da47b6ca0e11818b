import type { Run, Status } from './run.ts';

/** A state that was entered. */
export interface EnteredState {
  readonly name: string;
  /** Virtual instant, ISO. */
  readonly at: string;
  /** What it got. */
  readonly input: unknown;
}

/** An execution of a state machine, as tests and scenarios look at it: JSON is parsed, times are ISO. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly input: unknown;
  readonly status: Status;
  readonly startedAt: string;
  readonly stoppedAt?: string;
  /** In the order in which they were entered, those of branches too. */
  readonly states: readonly EnteredState[];
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** Executions are looked at after everything that happens, and most of them have not changed. */
const known = new WeakMap<Run, { readonly entries: number; readonly execution: Execution }>();

export function executionOf(run: Run): Execution {
  const entries = run.history.length;
  const before = known.get(run);
  if (before?.entries === entries && before.execution.status === run.status) return before.execution;
  const execution = read(run);
  known.set(run, { entries, execution });
  return execution;
}

function read(run: Run): Execution {
  const { arn, name, input, status, startedAt, stoppedAt, history, output, error, cause } = run;
  const iso = (instant: number): string => new Date(instant).toISOString();
  const entered = history.filter(({ type }) => type === 'StateEntered');
  return {
    arn,
    name,
    input: JSON.parse(input) as unknown,
    status,
    startedAt: iso(startedAt),
    ...(stoppedAt !== undefined && { stoppedAt: iso(stoppedAt) }),
    states: entered.map((entry) => ({ name: entry.state, at: iso(entry.at), input: entry.input })),
    ...(output !== undefined && { output: JSON.parse(output) as unknown }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}
