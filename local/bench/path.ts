import type { Invocation } from '@lastgood/embedded-aws/runtime/lambda/lambda.ts';
import { functionName } from '@lastgood/embedded-aws/runtime/stack/functions.ts';
import type { Rule } from '@lastgood/embedded-aws/runtime/stack/stack.ts';
import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import { isKeepWarm } from '../../src/lambda/keep-warm.ts';
import { mainExecution } from '../scenarios/play.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Stage } from '../scenarios/stage.ts';
import { isWork } from '../scenarios/work.ts';

/** One call of an invocation. */
export interface PathCall {
  readonly operation: string;
  readonly isTable: boolean;
  /** How many calls of the invocation it may have waited for: the first ones. */
  readonly after: number;
}

/** One invocation on the path, with its calls up to the start of the execution, or to the first write. */
export interface PathInvocation {
  readonly function: string;
  readonly calls: readonly PathCall[];
}

/** A state on the path; one that calls nothing has no invocation. */
export interface PathState {
  readonly name: string;
  readonly invocation?: PathInvocation;
}

/** The path from an event to the first write. */
export interface Path {
  readonly scenario: string;
  readonly trigger: PathInvocation;
  /** Functions that the same event starts beside the trigger. */
  readonly alsoStarts: readonly string[];
  readonly states: readonly PathState[];
}

/** Returns the functions that run on a path. */
export function functionsOf({ trigger, alsoStarts, states }: Path): readonly string[] {
  const called = states.flatMap(({ invocation }) => (invocation === undefined ? [] : [invocation.function]));
  return [...new Set([trigger.function, ...alsoStarts, ...called])];
}

const TRIGGER = /-on-[a-z]+$/;

/** States in which time passes by intent: the path through one is no measure of our own time. */
const WAITS = /Wait$|^Approve$/;

/**
 * Takes the path from a play in process. Returns null where nothing was written, or where the rollback waited before: for
 * another look, a person, or its turn. Returns null too where a verb was called twice: a retry, or another execution beside
 * this one, is no measure of our own time.
 */
export function pathOf(scenario: Scenario, stage: Stage): Path | null {
  const execution = mainExecution(scenario, stage);
  const write = stage.runtime.wire.calls.find((call) => stage.journal.isWrite(call));
  if (execution === undefined || write?.invocation === undefined) return null;
  const worked = [...stage.runtime.invocations.entries()]
    .map(([number, one]) => ({ ...one, number }))
    .filter(isWork);
  const trigger = worked.findLast(
    ({ at, function: name }) => TRIGGER.test(name) && at <= execution.startedAt,
  );
  const states = execution.states.filter(({ at }) => at < write.at).map(({ name }) => name);
  if (trigger === undefined || states.some((name) => WAITS.test(name))) return null;
  const callsOf = (one: Numbered) =>
    stage.runtime.wire.calls.filter(({ invocation }) => invocation === one.number);
  const read = (one: Numbered, count: (calls: readonly Call[]) => number) => {
    const calls = callsOf(one);
    return invocationOf(one, calls.slice(0, count(calls)));
  };
  const tasks = worked.filter(
    ({ at, number, event }) =>
      at >= execution.startedAt && number <= (write.invocation ?? 0) && event.startsWith('{"verb":'),
  );
  if (states.some((name) => callsOfState(name, tasks).length > 1)) return null;
  return {
    scenario: scenario.name,
    trigger: read(trigger, (calls) => 1 + calls.findIndex(({ operation }) => operation === 'StartExecution')),
    alsoStarts: startedBeside(trigger.function, stage.runtime.stack.rules),
    states: states.map((name) => {
      const [task] = callsOfState(name, tasks);
      if (task === undefined) return { name };
      const count = (calls: readonly Call[]) =>
        calls.includes(write) ? calls.indexOf(write) + 1 : calls.length;
      return { name, invocation: read(task, count) };
    }),
  };
}

/** Returns the functions that are started, with the input that only keeps them warm, by an event for this function. */
export function startedBeside(name: string, rules: readonly Pick<Rule, 'pattern' | 'targets'>[]): string[] {
  const onEvent = rules.filter(({ pattern }) => pattern !== undefined);
  const events = onEvent
    .filter(({ targets }) =>
      targets.some(({ arn, input }) => functionName(arn) === name && input === undefined),
    )
    .map(({ pattern }) => JSON.stringify(pattern));
  return onEvent
    .filter(({ pattern }) => events.includes(JSON.stringify(pattern)))
    .flatMap(({ targets }) => targets)
    .filter(({ input }) => input !== undefined && isKeepWarm(JSON.parse(input)))
    .map(({ arn }) => functionName(arn));
}

type Numbered = Invocation & { readonly number: number };

/** The verb of each task on the path, by its state. */
const VERBS: Readonly<Record<string, string>> = {
  Claim: 'claim',
  Plan: 'plan',
  Judge: 'judge',
  Stop: 'stop',
  Revert: 'revert',
};

/** Returns the invocations that called the verb of a state. Throws where the state has a verb and none was called. */
function callsOfState(name: string, tasks: readonly Numbered[]): readonly Numbered[] {
  const verb = VERBS[name];
  if (verb === undefined) return [];
  const found = tasks.filter(({ event }) => event.startsWith(`{"verb":"${verb}"`));
  if (found.length === 0) throw new Error(`${name} is on the path, and no function was called with ${verb}`);
  return found;
}

function invocationOf({ function: name, after = [] }: Invocation, calls: readonly Call[]): PathInvocation {
  return {
    function: name,
    calls: calls.map(({ service, operation }, index) => ({
      operation,
      isTable: service === 'dynamodb',
      after: after[index] ?? index,
    })),
  };
}
