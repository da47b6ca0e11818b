import './silence-logs.ts';
import { StateMachine } from 'aws-local-stepfunctions';
import type { Context } from 'aws-lambda';
import { vi } from 'vitest';
import type { LambdaHandler } from '../../src/lambda/handler.ts';
import type { Rollback } from '../../src/rollback/document.ts';
import { definition, functionOf, type Definition } from './definition.ts';

export const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:lastgood-test-rollback:one';
export const START = '2026-11-22T03:00:00.000Z';

/** Record of one run of the real state machine. */
export interface Run {
  /** Every state entered, in order; the two inside Gather as well. */
  readonly states: readonly string[];
  /** Every call of a function: `guard claim`, `mechanism-ecs plan` … */
  readonly calls: readonly string[];
  /** The document as the last state received it. */
  readonly document: Rollback;
  /** The error and cause of a Fail state. */
  readonly failure?: { readonly error: string; readonly cause: unknown };
  /** Virtual seconds from start to end. */
  readonly seconds: number;
  /** Virtual seconds from the start at which each of `states` was entered. */
  readonly enteredAt: readonly number[];
}

export type Functions = Readonly<Record<string, LambdaHandler>>;

/** What completes the tasks that wait for their tokens, by state. It answers later or never. */
export type Completions = Readonly<Record<'Approve' | 'AwaitEnd', () => Promise<unknown>>>;

/** Runs the deployed state machine on these functions, under fake timers that `vi` has installed. */
export async function runMachine(
  functions: Functions,
  input: unknown,
  completions: Completions,
): Promise<Run> {
  const calls: string[] = [];
  const invoke = invoker(functions, calls);
  const machine = new StateMachine(asTheLibraryReadsIt(definition()) as never, {
    validationOptions: { checkArn: false },
  });
  const handlers = Object.fromEntries(taskNames(definition()).map((name) => [name, invoke]));
  const waiting = Object.fromEntries(
    Object.entries(completions).map(([name, complete]) => [name, completedBy(invoke, complete)]),
  );
  const execution = machine.run(input as never, {
    overrides: { taskResourceLocalHandlers: { ...handlers, ...waiting } as never },
    context: { Execution: { Id: EXECUTION, StartTime: START }, Task: { Token: 'token' } },
  });
  const began = Date.now();
  const ended = execution.result.then(
    () => Date.now(),
    () => Date.now(),
  );
  const watched = watch(execution.eventLogs as AsyncGenerator<Logged>, began);
  await vi.runAllTimersAsync();
  const seconds = ((await ended) - began) / 1000;
  return { ...(await watched), calls, seconds };
}

/**
 * Adapts TimeoutSecondsPath: Step Functions resolves it against the state's input, the library against the result of
 * Parameters. https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html (the example of a dynamic timeout)
 */
function asTheLibraryReadsIt({ StartAt, States }: Definition): Definition {
  const read = Object.entries(States).map(([name, { TimeoutSecondsPath: path, ...state }]) => {
    const timeout = path === undefined ? {} : { TimeoutSecondsPath: path.replace('$', '$.Payload.rollback') };
    return [name, { ...state, ...timeout }];
  });
  return { StartAt, States: Object.fromEntries(read) as Definition['States'] };
}

interface Invocation {
  readonly FunctionName: string;
  readonly Payload: { readonly verb: string };
}

function invoker(functions: Functions, calls: string[]) {
  return async ({ FunctionName, Payload }: Invocation): Promise<unknown> => {
    const name = functionOf(FunctionName);
    calls.push(`${name} ${Payload.verb}`);
    const handler = functions[name];
    if (handler === undefined) throw named('Lambda.ResourceNotFoundException', name);
    try {
      return { Payload: JSON.parse(JSON.stringify((await handler(Payload, context)) ?? null)) as unknown };
    } catch (error) {
      throw named((error as Error).name, (error as Error).message);
    }
  };
}

/** Handles a task with a token: calls the function, and completes the task later or never. */
function completedBy(invoke: (invocation: Invocation) => Promise<unknown>, complete: () => Promise<unknown>) {
  return async (invocation: Invocation) => {
    await invoke(invocation);
    return complete();
  };
}

/** Returns an error as Step Functions passes on a Lambda's: its name, and JSON as the cause. */
function named(name: string, message: string): Error {
  return Object.assign(new Error(JSON.stringify({ errorType: name, errorMessage: message, trace: [] })), {
    name,
  });
}

const context = {
  awsRequestId: 'request',
  functionName: 'function',
  memoryLimitInMB: '1024',
} as unknown as Context;

interface Logged {
  readonly type: string;
  readonly timestamp: number;
  readonly Error?: string;
  readonly Cause?: unknown;
  readonly state?: { readonly name: string; readonly input: Rollback };
}

async function watch(
  events: AsyncGenerator<Logged>,
  began: number,
): Promise<Pick<Run, 'states' | 'enteredAt' | 'document' | 'failure'>> {
  const log: Logged[] = [];
  for await (const event of events) log.push(event);
  const entered = log.flatMap(({ type, timestamp, state }) =>
    type === 'StateEntered' && state ? [{ ...state, at: (timestamp - began) / 1000 }] : [],
  );
  const failed = log.find(({ type }) => type === 'ExecutionFailed');
  const failure = failed?.Error && { failure: { error: failed.Error, cause: failed.Cause } };
  return {
    states: entered.map(({ name }) => name),
    enteredAt: entered.map(({ at }) => at),
    document: entered.at(-1)!.input,
    ...(failure || {}),
  };
}

function taskNames({ States }: Definition): string[] {
  return Object.entries(States).flatMap(([name, { Type, Branches = [] }]) => [
    ...(Type === 'Task' ? [name] : []),
    ...Branches.flatMap(taskNames),
  ]);
}
