import { Clock } from '@lastgood/embedded-aws/world/clock.ts';
import { Random } from '@lastgood/embedded-aws/world/random.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import type { Answer } from '@lastgood/embedded-aws/runtime/lambda/container.ts';
import type { LambdaFunction } from '@lastgood/embedded-aws/runtime/stack/stack.ts';
import { executionOf, type Execution } from '@lastgood/embedded-aws/runtime/states/execution.ts';
import { Executions } from '@lastgood/embedded-aws/runtime/states/executions.ts';
import { loadInterpreter } from '@lastgood/embedded-aws/runtime/states/interpreter.ts';
import { Tokens } from '@lastgood/embedded-aws/runtime/states/tokens.ts';
import { definition, functionOf, type Definition, type MachineName } from './definition.ts';
import { REQUEST } from './stage.ts';

/** The deployed state machines on the embedded Step Functions, with functions that only answer. */

export type Document = Readonly<Record<string, unknown>>;

/** A call of a function: its verb, the document, and the token if it has one. */
export interface Call {
  readonly verb: string;
  readonly rollback: Document;
  readonly token?: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The answer of a function. A throw is an error of the function; an AwsError is one of Lambda itself. */
export type Reply = (call: Call, times: number) => unknown;

/** The slice that each verb adds; the verbs beside the line have none. */
export const SLICES: Readonly<Record<string, string>> = {
  claim: 'claim',
  interrupt: 'interrupted',
  plan: 'plan',
  judge: 'verdict',
  listen: 'listened',
  review: 'reviewed',
  stop: 'stopped',
  revert: 'reverted',
  settled: 'settled',
  verify: 'health',
  pause: 'paused',
  report: 'outcome',
};

/** Never answers. */
export const HANGS = Symbol('hangs');

/** Slices of a rollback that works. Each verb answers its list call by call, and then its last one. */
export type Course = Readonly<Record<string, readonly unknown[]>>;

/** A turn soon after the start of every play. */
const TURN = { at: '2026-11-22T03:00:30.000Z' };

const STRAIGHT: Course = {
  claim: [{ kind: 'ecs' }],
  interrupt: [{ state: 'no-question' }],
  plan: [{ state: 'ready' }],
  judge: [{ verdict: 'act' }],
  ask: [null],
  listen: [{ unheard: 0 }],
  review: [{ at: '2026-11-22T03:20:00.000Z', says: 'The harm had ended.' }],
  stop: [{ state: 'stopped' }],
  revert: [{ state: 'started', pollInSeconds: 15 }],
  settled: [{ state: 'pending', pollAgainInSeconds: 30 }, { state: 'settled' }],
  await: [null],
  verify: [{ state: 'pending', pollAgainInSeconds: 60 }, { state: 'proven' }],
  report: [{ state: 'rolled-back', reason: 'It works.' }],
  gather: [{ found: [] }],
  publish: [['Started']],
};

/** Courses that together enter every state of the rollback. */
export const COURSES: Readonly<Record<string, Course>> = {
  straight: STRAIGHT,
  rungs: { ...STRAIGHT, settled: [{ state: 'failed', more: true }, { state: 'settled' }] },
  looks: { ...STRAIGHT, judge: [{ verdict: 'look-again', lookAgainInSeconds: 150 }, { verdict: 'act' }] },
  question: { ...STRAIGHT, judge: [{ verdict: 'ask', countdownSeconds: 600, onSilence: 'stay' }] },
  answer: {
    ...STRAIGHT,
    judge: [{ verdict: 'ask', countdownSeconds: 600, onSilence: 'stay' }, { verdict: 'act' }],
    answer: [{ answer: 'approved' }],
  },
  awaited: {
    ...STRAIGHT,
    settled: [
      { state: 'pending', awaits: 'ecs:prod/checkout', pollAgainInSeconds: 30 },
      { state: 'settled' },
    ],
  },
  claimed: { ...STRAIGHT, claim: [named('TargetClaimed')] },
  turns: {
    ...STRAIGHT,
    claim: [{ kind: 'ecs', turn: TURN }],
    judge: [{ verdict: 'act', turn: { ...TURN, isLong: true } }],
    revert: [
      { state: 'failed', more: true, turn: TURN },
      { state: 'started', pollInSeconds: 15 },
    ],
    settled: [{ state: 'due', turn: TURN }, { state: 'settled' }],
  },
  pauses: {
    ...STRAIGHT,
    stop: [named('Paused'), { state: 'stopped' }],
    pause: [
      { state: 'waiting', pollInSeconds: 60 },
      { state: 'resumed', next: 'plan', turn: TURN },
    ],
  },
  shortTurns: {
    ...STRAIGHT,
    judge: [
      { verdict: 'ask', countdownSeconds: 600, onSilence: 'stay' },
      { verdict: 'act', turn: TURN },
    ],
    answer: [{ answer: 'approved', turn: TURN }],
  },
};

/** Returns an error of a function, as the function throws it. */
export function named(name: string, message = 'it broke'): Error {
  return Object.assign(new Error(message), { name });
}

/** Lambda's refusal to run a function. */
export function refused(code = 'TooManyRequestsException'): AwsError {
  return new AwsError(code, 'Rate Exceeded.', 429);
}

/** Returns what a function answers on a course. */
export function replyOn(course: Course): Reply {
  return ({ verb, rollback }, times) => {
    const all = course[verb] ?? [];
    const answer = all[Math.min(times, all.length - 1)];
    if (answer instanceof Error) throw answer;
    const slice = SLICES[verb];
    return slice === undefined ? answer : { ...rollback, [slice]: answer };
  };
}

/** Plays an execution to its end. `asl` is the definition to run, for a test that breaks it. */
export async function play(
  {
    course = STRAIGHT,
    reply = replyOn(course),
    machine = 'rollback',
    asl = definition(machine),
  }: {
    readonly course?: Course;
    readonly reply?: Reply;
    readonly machine?: MachineName;
    readonly asl?: Definition;
  },
  input: unknown = { request: REQUEST },
): Promise<Execution & { readonly seconds: number; readonly reported: readonly Document[] }> {
  const clock = new Clock('2026-11-22T03:00:00.000Z');
  const random = (name: string) => new Random(1, name);
  const tokens = new Tokens(clock, random('tokens'));
  const reported: Document[] = [];
  const lambda = stubOf(clock, tokens, course, (call, times) => {
    if (call.verb === 'report') reported.push(call.rollback);
    return reply(call, times);
  });
  const one = { name: machine, arn: `arn:aws:states:::${machine}`, role: 'role', type: 'STANDARD' as const };
  const executions = new Executions({
    machines: [{ ...one, definition: asl as unknown as Document }],
    interpreter: loadInterpreter(clock, random('retries')),
    random: random('transitions'),
    bus: { emit: () => undefined },
    authorize: () => Promise.resolve(),
    ...{ clock, lambda, tokens },
  });
  const run = executions.start(executions.machines[0]!, 'one', JSON.stringify(input));
  await clock.run(() => run.status !== 'RUNNING', clock.now() + 86_400_000);
  return { ...executionOf(run), seconds: (clock.now() - run.startedAt) / 1000, reported };
}

type Stub = Pick<ConstructorParameters<typeof Executions>[0]['lambda'], 'find' | 'invoke'>;

function stubOf(clock: Clock, tokens: Tokens, course: Course, reply: Reply): Stub {
  const times = new Map<string, number>();
  return {
    find: (name) => ({ ...LAMBDA, name: functionOf(name), arn: name }),
    invoke: async (_, event) => {
      const call = { ...(event as Call), now: clock.now() };
      const before = times.get(call.verb) ?? 0;
      times.set(call.verb, before + 1);
      await new Promise<void>((resolve) => void clock.after(100, resolve));
      const answered = await answerOf(() => reply(call, before));
      const [decision] = course['answer'] ?? [];
      if (call.token !== undefined && answered.state === 'answered' && decision !== undefined)
        tokens.succeed(call.token, decision);
      return answered;
    },
  };
}

async function answerOf(reply: () => unknown): Promise<Answer> {
  try {
    const answer = reply();
    if (answer === HANGS) return await new Promise<never>(() => undefined);
    return { state: 'answered', payload: JSON.stringify(answer ?? null) };
  } catch (error) {
    if (error instanceof AwsError) throw error;
    const { name, message } = error as Error;
    return { state: 'failed', error: { errorType: name, errorMessage: message } };
  }
}

const LAMBDA: LambdaFunction = {
  ...{ name: '', arn: '', module: '', handler: '', environment: {}, role: 'role' },
  ...{ timeoutSeconds: 25, memoryMb: 1024, runtime: 'nodejs24.x' },
  async: { retries: 0, maxAgeSeconds: 60 },
};
