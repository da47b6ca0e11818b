import { buildSync } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import type { StateMachine } from 'aws-local-stepfunctions';
import type { Clock, Timer } from '../../world/clock.ts';
import type { Random } from '../../world/random.ts';

/** What aws-local-stepfunctions exports, on the virtual clock. */
export interface Interpreter {
  readonly StateMachine: typeof StateMachine;
}

const require = createRequire(import.meta.url);
const FOLDER = path.resolve(import.meta.dirname, '../../.build');

/** Its Lambda client is never used, because every task has a handler of ours, and it is not asked to validate. */
const UNUSED = ['@aws-sdk/client-lambda', '@aws-sdk/credential-providers', 'asl-validator'];

/**
 * The one place where we need to be between two states, and the library has no hook: before a state is entered, its
 * transition takes time, and an execution that was stopped meanwhile enters no further state.
 */
const ENTER = 'options.eventLogger.dispatchStateEnteredEvent(currStateName, currState.Type, currInput);';
const TRANSITION = `await options.runOptions?.transition?.();
        if (options.abortSignal.aborted) return currResult;
        ${ENTER}`;

type Compiled = (...values: unknown[]) => void;

/** The library, compiled once; each interpreter is a run of it with globals of its own. */
let compiled: Compiled | undefined;

/**
 * Loads the interpreter of the Amazon States Language with a `Date`, timers and random numbers of its own, so that its
 * waits, retries and timeouts run on the virtual clock while ours in the same thread stay real.
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

/** The library as one CommonJS text; bundled once for each version of it and of this file. */
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
  if (text.split(ENTER).length !== 2)
    throw new Error('aws-local-stepfunctions has changed: see embedded-aws/runtime/states/interpreter.ts');
  const empty = path.join(FOLDER, 'unused.mjs');
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(
    empty,
    'export class LambdaClient {}\nexport class InvokeCommand {}\nexport function fromCognitoIdentityPool() {}\nexport default function () {}\n',
  );
  const { outputFiles } = buildSync({
    stdin: { contents: text.replace(ENTER, TRANSITION), resolveDir: path.dirname(library), loader: 'js' },
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
