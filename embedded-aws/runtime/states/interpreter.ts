import { buildSync } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import type { StateMachine } from 'aws-local-stepfunctions';
import type { Clock, Timer } from '../../world/clock.ts';
import type { Random } from '../../world/random.ts';

/** The exports of aws-local-stepfunctions, on the virtual clock. */
export interface Interpreter {
  readonly StateMachine: typeof StateMachine;
}

const require = createRequire(import.meta.url);
const FOLDER = path.resolve(import.meta.dirname, '../../.build');

/**
 * Unused dependencies. Every task has a handler here, so the Lambda client is never called, and no definition is
 * validated.
 */
const UNUSED = ['@aws-sdk/client-lambda', '@aws-sdk/credential-providers', 'asl-validator'];

const INPUT = 'const processedInput = this.processInput(input, context);';
const RESULT = 'const processedResult = this.processResult(currResult, rawInput, context);';
const CAUGHT = 'processResultPath(resultPath, rawInput, errorOutput)';
const ENTER = 'options.eventLogger.dispatchStateEnteredEvent(currStateName, currState.Type, currInput);';

/** The adaptations of the library's text: each text occurs once, with its replacement. */
const ADAPTATIONS: readonly (readonly [before: string, after: string])[] = [
  // The library has no hook between two states. Before a state is entered, its transition takes time. An execution that
  // was stopped in that time enters no further state.
  [
    ENTER,
    `await options.runOptions?.transition?.();
        if (options.abortSignal.aborted) return currResult;
        ${ENTER}`,
  ],
  // The library has no limit of sizes. Inputs, results and outputs of each state are measured.
  [INPUT, `${INPUT} options.runOptions?.measure?.(this.stateName, processedInput);`],
  [
    RESULT,
    `options.runOptions?.measure?.(this.stateName, currResult);
      ${RESULT}
      options.runOptions?.measure?.(this.stateName, processedResult);`,
  ],
  [`stateResult: ${CAUGHT}`, `stateResult: options.runOptions?.measure?.(this.stateName, ${CAUGHT})`],
  // The library keeps a result with the path `$` under the name `$`. On AWS it replaces the input.
  [
    'const sanitizedPath = path.replace("$.", "");',
    'if (path === "$") return result;\n  const sanitizedPath = path.replace("$.", "");',
  ],
  // On AWS the cause of a timeout is empty (localstack/localstack, test_task_service_lambda.snapshot.json).
  [`super("States.Timeout");`, `super("");`],
  // The library's `IsPresent: false` never matches.
  ['return IsPresentTrue && varValue !== void 0;', 'return IsPresentTrue === (varValue !== void 0);'],
  // AWS truncates the milliseconds of a timestamp (state-wait, "Currently, if you specify the wait time as a timestamp").
  [
    'const dateTimestamp = new Date(timestamp);',
    'const dateTimestamp = new Date(Math.floor(Date.parse(timestamp) / 1000) * 1000);',
  ],
  // The library copies every state's input, because it may put a result into it. Here it copies only then.
  ['const rawInput = cloneJSON(input);', 'const rawInput = input;'],
  ['return setJSONPath(rawInput,', 'return setJSONPath(JSON.parse(JSON.stringify(rawInput)),'],
  // If a path leads to a single value, a call without `new` throws an error with it and catches that again.
  ...[
    '{ path: pathExpression.slice(1), json: context ?? null, wrap: false }',
    '{ path: pathExpression, json, wrap: false }',
  ].map((asked) => [`jp(${asked})`, `new jp({ autostart: false }).evaluate(${asked})`] as const),
];

type Compiled = (...values: unknown[]) => void;

/** The library, compiled once. Each interpreter runs it with its own globals. */
let compiled: Compiled | undefined;

/**
 * Loads the interpreter of the Amazon States Language with its own `Date`, timers and random numbers. Its waits,
 * retries and timeouts run on the virtual clock; the rest of the thread keeps real time.
 */
export function loadInterpreter(clock: Clock, random: Random): Interpreter {
  const globals = virtualGlobals(clock, random);
  const run = (compiled ??= compileFunction(source(), [
    'module',
    'require',
    ...Object.keys(globals),
  ]) as Compiled);
  const module = { exports: {} };
  run(module, require, ...Object.values(globals));
  return module.exports as Interpreter;
}

/** Returns the library as one CommonJS text, bundled once for each version of it and of this file. */
function source(): string {
  const library = path.join(path.dirname(require.resolve('aws-local-stepfunctions')), 'main.node.esm.js');
  const text = readFileSync(library, 'utf8');
  const key = createHash('sha256')
    .update(text)
    .update(readFileSync(import.meta.filename))
    .digest('hex')
    .slice(0, 16);
  const cached = path.join(FOLDER, `interpreter-${key}.cjs`);
  if (existsSync(cached)) return readFileSync(cached, 'utf8');
  const bundled = bundle(library, text);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${cached}.${process.pid}`, bundled);
  renameSync(`${cached}.${process.pid}`, cached);
  return bundled;
}

function bundle(library: string, text: string): string {
  const empty = path.join(FOLDER, 'unused.mjs');
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(
    empty,
    'export class LambdaClient {}\nexport class InvokeCommand {}\nexport function fromCognitoIdentityPool() {}\nexport default function () {}\n',
  );
  const { outputFiles } = buildSync({
    stdin: { contents: adapted(text), resolveDir: path.dirname(library), loader: 'js' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    logLevel: 'error',
    alias: Object.fromEntries(UNUSED.map((name) => [name, empty])),
  });
  return outputFiles[0]?.text ?? '';
}

function adapted(library: string): string {
  return ADAPTATIONS.reduce((text, [before, after]) => {
    const [left = '', right, ...more] = text.split(before);
    if (right === undefined || more.length > 0)
      throw new Error('aws-local-stepfunctions has changed: see embedded-aws/runtime/states/interpreter.ts');
    return left + after + right;
  }, library);
}

function virtualGlobals(clock: Clock, random: Random): Record<string, unknown> {
  class VirtualDate extends Date {
    constructor(...given: [] | [string | number | Date]) {
      if (given.length === 0) super(clock.now());
      else super(given[0]);
    }
    static override now(): number {
      return clock.now();
    }
  }
  return {
    Date: VirtualDate,
    setTimeout: (happen: () => void, milliseconds = 0): Timer =>
      clock.after(Math.max(0, milliseconds), happen),
    clearTimeout: (timer: Timer | undefined): void => timer?.cancel(),
    Math: Object.assign(Object.create(Math) as object, { random: () => random.next() }),
  };
}
