import type { RunOptions, StateMachineDefinition } from 'aws-local-stepfunctions';
import { ACCOUNT, arn, type AwsEvent } from '../../world/aws.ts';
import { Lasting, type End } from '../../world/lasting.ts';
import type { Random } from '../../world/random.ts';
import type { StateMachine } from '../stack/stack.ts';
import { copyFor, tasksOf, type Definition, type Task } from './definition.ts';
import type { Run, HistoryEntry, Status } from './run.ts';
import type { Interpreter } from './interpreter.ts';
import { measured } from './data-limit.ts';
import { invokeTask, type Caller, type Invoker, type TaskInput } from './invoke.ts';
import { statusChange } from './status-change.ts';
import { transitionTime } from './transition.ts';

export interface ExecutionsOptions extends Invoker {
  readonly machines: readonly StateMachine[];
  readonly interpreter: Interpreter;
  readonly random: Random;
  readonly bus: { emit(event: AwsEvent): void };
}

type Handlers = NonNullable<NonNullable<RunOptions['overrides']>['taskResourceLocalHandlers']>;
/** The calls that the adapted interpreter makes. */
interface Hooks {
  readonly transition: () => Promise<void>;
  readonly measure: <T>(name: string, value: T) => T;
}

type EventLogs = ReturnType<InstanceType<Interpreter['StateMachine']>['run']>['eventLogs'];
type Log = EventLogs extends AsyncIterable<infer L> ? L : never;

/** Runs state machines and keeps every execution's result. */
export class Executions {
  readonly all: Run[] = [];
  readonly machines: readonly StateMachine[];
  /** Creation time of the state machines, in milliseconds since the epoch. */
  readonly createdAt: number;
  readonly #options: ExecutionsOptions;
  readonly #tasks: ReadonlyMap<string, readonly Task[]>;
  readonly #aborts = new Map<string, () => void>();
  readonly #missed = new Lasting<(functionName: string) => boolean>();

  /** @throws Error when a definition has a feature that is not modelled */
  constructor(options: ExecutionsOptions) {
    this.#options = { ...options, misses: (name) => this.#missed.some((which) => which(name)) };
    this.machines = options.machines;
    this.createdAt = options.clock.now();
    this.#tasks = new Map(
      options.machines.map(({ arn: id, definition }) => [id, tasksOf(definition as unknown as Definition)]),
    );
  }

  /**
   * Loses the answers of functions that have run, so that their tasks are retried after they succeeded.
   * https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception
   */
  miss(which: (functionName: string) => boolean): End {
    return this.#missed.begin(which);
  }

  machine(machineArn: string): StateMachine | null {
    return this.machines.find((machine) => machine.arn === machineArn) ?? null;
  }

  find(executionArn: string): Run | null {
    return this.all.find((execution) => execution.arn === executionArn) ?? null;
  }

  /** Starts an execution. Its first state is entered one transition later. `input` is JSON. */
  start(machine: StateMachine, name: string, input: string): Run {
    const execution: Run = {
      arn: arn('states', `execution:${machine.name}:${name}`),
      name,
      stateMachineArn: machine.arn,
      startedAt: this.#options.clock.now(),
      input,
      status: 'RUNNING',
      history: [],
    };
    this.all.push(execution);
    this.#options.bus.emit(statusChange(execution));
    this.#run(machine, execution);
    return execution;
  }

  /** Stops a running execution; leaves an ended one as it is. */
  stop(execution: Run, error?: string, cause?: string): void {
    if (execution.status !== 'RUNNING') return;
    this.#end(execution, 'ABORTED', {
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    });
    this.#aborts.get(execution.arn)?.();
  }

  #run(machine: StateMachine, execution: Run): void {
    const { interpreter, clock, random, tokens } = this.#options;
    const definition = copyFor(
      machine.definition as unknown as Definition,
    ) as unknown as StateMachineDefinition;
    const program = new interpreter.StateMachine(definition, { validationOptions: { noValidate: true } });
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/${machine.role}`;
    const startTime = new Date(execution.startedAt).toISOString();
    let token: string | null = null;
    // The interpreter has one context for a whole execution, and reads the token just before it calls the task.
    const task = {
      get Token() {
        return (token ??= tokens.issue());
      },
    };
    const caller: Caller = {
      role: machine.role,
      isRunning: () => execution.status === 'RUNNING',
      takeToken: () => {
        const taken = task.Token;
        token = null;
        return taken;
      },
    };
    const options: RunOptions & Hooks = {
      measure: measured,
      noThrowOnAbort: true,
      overrides: { taskResourceLocalHandlers: this.#handlers(machine, caller) },
      context: {
        Execution: { Id: execution.arn, Name: execution.name, RoleArn: roleArn, StartTime: startTime },
        StateMachine: { Id: machine.arn, Name: machine.name },
        Task: task,
      },
      transition: () => new Promise((resolve) => clock.after(transitionTime(random), resolve)),
    };
    const { abort, eventLogs, result } = program.run(JSON.parse(execution.input) as never, options);
    this.#aborts.set(execution.arn, abort);
    result.catch(() => undefined);
    void this.#follow(execution, eventLogs);
  }

  #handlers(machine: StateMachine, caller: Caller): Handlers {
    const tasks = this.#tasks.get(machine.arn) ?? [];
    const handler = (task: Task) => (input: unknown) =>
      invokeTask(this.#options, caller, task, input as TaskInput) as Promise<never>;
    return Object.fromEntries(tasks.map((task) => [task.name, handler(task)]));
  }

  async #follow(execution: Run, logs: AsyncIterable<Log>): Promise<void> {
    for await (const log of logs) {
      if (execution.status !== 'RUNNING') continue;
      const entry = recorded(log);
      if (entry !== null) execution.history.push(entry);
      else if (log.type === 'ExecutionSucceeded')
        this.#end(execution, 'SUCCEEDED', { output: JSON.stringify(log.output) });
      else if (log.type === 'ExecutionFailed')
        this.#end(execution, 'FAILED', { error: log.Error, cause: text(log.Cause) });
      else if (log.type === 'ExecutionTimeout') this.#end(execution, 'TIMED_OUT', {});
    }
  }

  #end(execution: Run, status: Status, result: Pick<Run, 'output' | 'error' | 'cause'>): void {
    Object.assign(execution, result, { status, stoppedAt: this.#options.clock.now() });
    this.#options.bus.emit(statusChange(execution));
  }
}

function recorded(log: Log): HistoryEntry | null {
  switch (log.type) {
    case 'StateEntered':
      return {
        at: log.timestamp,
        type: log.type,
        state: log.state.name,
        stateType: log.state.type,
        input: log.state.input,
      };
    case 'StateExited':
      return {
        at: log.timestamp,
        type: log.type,
        state: log.state.name,
        stateType: log.state.type,
        output: log.state.output,
      };
    case 'StateFailed':
      return {
        at: log.timestamp,
        type: log.type,
        state: log.state.name,
        stateType: log.state.type,
        error: log.Error,
        cause: text(log.Cause),
      };
    case 'StateRetried':
    case 'StateCaught':
      return { at: log.timestamp, type: log.type, state: log.state.name, stateType: log.state.type };
    default:
      return null;
  }
}

function text(cause: unknown): string {
  return typeof cause === 'string' ? cause : JSON.stringify(cause ?? '');
}
