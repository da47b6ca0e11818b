import { remembered } from '../../world/remembered.ts';

/** The supported part of a definition in the Amazon States Language: https://states-language.net/spec.html */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly QueryLanguage?: string;
}

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: number;
  readonly QueryLanguage?: string;
  readonly Assign?: unknown;
  readonly Branches?: readonly Definition[];
  readonly ItemProcessor?: Definition & { readonly ProcessorConfig?: { readonly Mode?: string } };
  readonly Iterator?: unknown;
}

/** One Task state, with its integration. */
export interface Task {
  readonly name: string;
  readonly waitsForToken: boolean;
  readonly heartbeatSeconds?: number;
}

const INVOKE = 'arn:aws:states:::lambda:invoke';

/** The parameter with a task's timeout in seconds, beside FunctionName and Payload. */
export const TIMEOUT_KEY = 'lastgood:timeout';

/**
 * The maximum duration of a Task without a timeout:
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html
 */
const NO_TIMEOUT_SECONDS = 99_999_999;

/**
 * Returns every Task state, including those of branches and inline maps.
 * @throws Error when the definition uses a feature that the interpreter would silently ignore, or an integration that
 * is not modelled
 */
export function tasksOf(definition: Definition): Task[] {
  refuse(definition.QueryLanguage, 'the definition');
  return Object.entries(definition.States).flatMap(([name, state]) => {
    refuse(state.QueryLanguage, name);
    if (state.Assign !== undefined) throw new Error(`${name}: Assign is not modelled`);
    if (state.Type === 'Map') return tasksOf(processorOf(name, state));
    if (state.Type === 'Parallel') return (state.Branches ?? []).flatMap(tasksOf);
    return state.Type === 'Task' ? [taskOf(name, state)] : [];
  });
}

/** Returns the processor of an inline map. The older `Iterator` and distributed maps are not modelled. */
function processorOf(name: string, { ItemProcessor: processor, Iterator }: State): Definition {
  if (processor === undefined || Iterator !== undefined || processor.ProcessorConfig?.Mode !== 'INLINE')
    throw new Error(`${name}: only inline maps with an ItemProcessor are modelled`);
  if (waits(processor)) throw new Error(`${name}: task tokens in a map are not modelled`);
  return processor;
}

/** Returns whether a definition waits for a token. The interpreter has one token for a whole execution. */
function waits(definition: Definition): boolean {
  return tasksOf(definition).some(({ waitsForToken }) => waitsForToken);
}

function taskOf(name: string, { Resource, HeartbeatSeconds }: State): Task {
  if (Resource !== INVOKE && Resource !== `${INVOKE}.waitForTaskToken`)
    throw new Error(`${name}: the resource ${Resource ?? ''} is not modelled`);
  return {
    name,
    waitsForToken: Resource !== INVOKE,
    ...(HeartbeatSeconds !== undefined && { heartbeatSeconds: HeartbeatSeconds }),
  };
}

/**
 * Returns a copy for one execution, because the interpreter changes its definition. The interpreter looks for a
 * timeout's path in the task's parameters, where AWS looks in the state's input. It also assumes 60 seconds where AWS
 * has no timeout. So the timeout is one more parameter, resolved from the input like all of them.
 */
export function copyFor(definition: Definition): Definition {
  return JSON.parse(textFor(definition)) as Definition;
}

const textFor = remembered((definition: Definition) => JSON.stringify(withTimeouts(definition)));

function withTimeouts({ States, ...definition }: Definition): Definition {
  const states = Object.entries(States).map(([name, state]) => [name, withTimeoutsIn(state)] as const);
  return { ...definition, States: Object.fromEntries(states) };
}

function withTimeoutsIn(state: State): State {
  if (state.Type === 'Task') return withTimeout(state);
  const { Branches: branches, ItemProcessor: processor } = state;
  return {
    ...state,
    ...(branches !== undefined && { Branches: branches.map(withTimeouts) }),
    ...(processor !== undefined && { ItemProcessor: withTimeouts(processor) }),
  };
}

function withTimeout({ TimeoutSeconds, TimeoutSecondsPath, ...state }: State): State {
  const timeout =
    TimeoutSecondsPath === undefined
      ? { [TIMEOUT_KEY]: TimeoutSeconds ?? NO_TIMEOUT_SECONDS }
      : { [`${TIMEOUT_KEY}.$`]: TimeoutSecondsPath };
  return {
    ...state,
    Parameters: { ...state.Parameters, ...timeout },
    TimeoutSecondsPath: `$['${TIMEOUT_KEY}']`,
  };
}

function refuse(language: string | undefined, where: string): void {
  if (language !== undefined && language !== 'JSONPath')
    throw new Error(`${where}: the query language ${language} is not modelled`);
}
