import { AsyncLocalStorage } from 'node:async_hooks';
import { isoOf } from '../../world/iso.ts';
import type { Random } from '../../world/random.ts';
import { AwsError } from '../../world/service.ts';
import type { LambdaFunction } from '../stack/stack.ts';
import { functionName } from '../stack/functions.ts';
import { coldStart } from './cold-start.ts';
import { admit, checkReserved } from './concurrency.ts';
import { timedOut, type Answer, type ExecutionEnvironment } from './container.ts';
import { Environments, type EnvironmentOptions, type LogLine } from './environments.ts';
import { Troubles } from './troubles.ts';

const MAX_EVENT = 64;

/** One invocation that ran. */
export interface Invocation {
  /** Virtual instant at which it was asked for, ISO. */
  readonly at: string;
  readonly function: string;
  /** Its event as JSON, cut after MAX_EVENT characters: a run of hours has too many to keep them whole. */
  readonly event: string;
  readonly cold: boolean;
  /** Virtual milliseconds until its answer, cold start included. */
  readonly durationMs: number;
  /** The error's name, when it failed. */
  readonly error?: string;
  readonly answer: Answer;
  /**
   * For each request to AWS, in their order: how many had been answered when it was made. So a reader sees which ones
   * were made at once, although they are answered one after another. In process only.
   */
  readonly after?: readonly number[];
}

/** An invocation that Lambda refused, because no execution was left for it. */
export interface Refusal {
  /** Virtual instant, ISO. */
  readonly at: string;
  readonly function: string;
}

export interface LambdaOptions extends EnvironmentOptions {
  readonly functions: readonly LambdaFunction[];
  readonly random: (name: string) => Random;
  /** In process only: invocations run side by side, and each AWS call is a point at which others may run. */
  readonly interleaved?: boolean | undefined;
}

/** An invocation under way. */
interface Running {
  readonly role: string;
  readonly container: ExecutionEnvironment;
  /** Counts the invocations from 0, in the order in which they started. */
  readonly number: number;
  /** Its calls wait for their own virtual instants. */
  readonly isInterleaved: boolean;
}

/** An answer, and the virtual instant (milliseconds since the epoch) at which it is there. */
export interface Timed {
  readonly answer: Answer;
  readonly at: number;
}

/**
 * Runs the functions: their bundles, or the same handlers in process. An answer is there at the invocation's start, plus
 * a cold start if there was one, plus the latencies of its calls. What a function computes is not counted. A timer inside
 * a function takes real time and no virtual time. An environment that has not yet answered in virtual time is busy, so a
 * second invocation starts another.
 *
 * Invocations run one after another, and virtual time stops while one runs. Interleaved, each call of an invocation waits
 * for its own virtual instant, and other invocations run until then.
 */
export class Lambda {
  readonly invocations: Invocation[] = [];
  readonly refusals: Refusal[] = [];
  readonly logs: LogLine[] = [];
  readonly troubles = new Troubles();
  readonly #options: LambdaOptions;
  readonly #functions: ReadonlyMap<string, LambdaFunction>;
  readonly #environments: Environments;
  readonly #random: Random;
  readonly #interleaved = new AsyncLocalStorage<Running>();
  #tail: Promise<unknown> = Promise.resolve();
  #running: Running | null = null;
  #started = 0;
  /** Milliseconds since the epoch. */
  #refusesUntil = 0;

  constructor(options: LambdaOptions) {
    this.#options = options;
    checkReserved(options.functions);
    this.#functions = new Map(options.functions.map((lambda) => [lambda.name, lambda]));
    this.#random = options.random('lambda');
    this.#environments = new Environments(options, this.#random, (line) => this.logs.push(line));
  }

  /** A function by name, `name:qualifier` or ARN; null when there is none. */
  find(nameOrArn: string): LambdaFunction | null {
    return this.#functions.get(functionName(nameOrArn)) ?? null;
  }

  /** The functions of the stack. */
  get functions(): readonly LambdaFunction[] {
    return this.#options.functions;
  }

  /**
   * Refuses all invocations for so long, 0 to end it, as if the functions of a bad release used up the account's
   * concurrency:
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
   */
  refuse(seconds: number): void {
    this.#refusesUntil = this.#options.clock.now() + seconds * 1000;
  }

  /**
   * Replaces the execution environments, as an update of the functions' code does. Those at work finish first.
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
   */
  replace(): void {
    this.#environments.replace();
  }

  /**
   * Runs an invocation and resolves when its answer is there in virtual time. `event` is any JSON value.
   * @throws AwsError TooManyRequestsException
   */
  async invoke(lambda: LambdaFunction, event: unknown): Promise<Answer> {
    this.#admit(lambda);
    const { answer, at } = this.#options.interleaved
      ? await this.#options.clock.holding(() => this.#runOne(lambda, JSON.stringify(event), true))
      : await this.run(lambda, event);
    return new Promise((resolve) => this.#options.clock.at(at, () => resolve(answer)));
  }

  /**
   * Runs an invocation as soon as those before it are done, and says when its answer is there. It is never interleaved,
   * because the caller holds the time while it waits.
   * @throws AwsError TooManyRequestsException
   */
  async run(lambda: LambdaFunction, event: unknown): Promise<Timed> {
    const text = JSON.stringify(event);
    const work = this.#tail.then(() => {
      this.#admit(lambda);
      return this.#runOne(lambda, text, false);
    });
    this.#tail = work.catch(() => undefined);
    return this.#options.clock.holding(() => work);
  }

  /** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
  #admit(lambda: LambdaFunction): void {
    const { clock, functions } = this.#options;
    try {
      if (clock.now() < this.#refusesUntil)
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
      admit(lambda, functions, ({ name }) => this.#environments.busy(name));
    } catch (refusal) {
      this.refusals.push({ at: clock.iso(), function: lambda.name });
      throw refusal;
    }
  }

  /** Whether a function with this role runs now. */
  isRunning(role: string): boolean {
    return this.#current?.role === role;
  }

  /** The virtual instant, epoch milliseconds: inside the function that runs, its own; else the world's. */
  now(): number {
    return this.#current?.container.time[0] ?? this.#options.clock.now();
  }

  /** The invocation that is asking: the only one under way or, interleaved, the one whose code this is. */
  get #current(): Running | null {
    return this.#running ?? this.#interleaved.getStore() ?? null;
  }

  /** What the wire asks of the clock for each call of a role. For a role of which no function runs: the world's time. */
  readonly timing = {
    begin: (role: string): number => this.#runningAs(role)?.container.time[0] ?? this.#options.clock.now(),
    invocation: (role: string): number | undefined => this.#runningAs(role)?.number,
    end: (role: string, latencyMs: number): void => {
      const time = this.#runningAs(role)?.container.time;
      if (time !== undefined) time[0] = (time[0] ?? 0) + latencyMs;
    },
  };

  async close(): Promise<void> {
    await this.#tail;
    await this.#environments.end();
  }

  #runningAs(role: string): Running | null {
    const current = this.#current;
    return current?.role === role ? current : null;
  }

  async #runOne(lambda: LambdaFunction, event: string, isInterleaved: boolean): Promise<Timed> {
    const asked = this.#options.clock.now();
    const { container, cold } = this.#environments.take(lambda, asked, {
      troubles: this.troubles,
      ...(this.#options.interleaved === true && { reach: this.#reach }),
    });
    const started = asked + (cold ? coldStart(lambda.module, this.#random) : 0);
    const limit = started + lambda.timeoutSeconds * 1000;
    container.time[0] = started;
    container.freeAt = Infinity;
    const running = { role: lambda.role, container, number: this.#started++, isInterleaved };
    const call = { event, requestId: this.#random.uuid(), functionArn: lambda.arn, deadline: limit };
    const ran = await this.#during(running, () => container.invoke(call));

    const finished = Math.max(started + 1, Math.round(container.time[0]));
    const late = finished > limit || (ran.state === 'failed' && ran.error.errorType === 'Sandbox.Timedout');
    const answer = late ? timedOut(lambda.timeoutSeconds * 1000) : ran;
    const at = late ? limit : finished;
    container.freeAt = at;
    if (late) await container.end();
    const { after } = container;
    this.invocations.push({
      at: isoOf(asked),
      function: lambda.name,
      event: event.slice(0, MAX_EVENT),
      cold,
      durationMs: at - asked,
      ...(answer.state === 'failed' && { error: answer.error.errorType }),
      answer,
      ...(after !== undefined && { after }),
    });
    return { answer, at };
  }

  /** Waits until an instant, if the invocation that asks is interleaved. */
  readonly #reach = async (instant: number): Promise<void> => {
    if (this.#current?.isInterleaved === true) await this.#options.clock.reach(instant);
  };

  async #during<T>(running: Running, work: () => Promise<T>): Promise<T> {
    if (this.#options.interleaved) return this.#interleaved.run(running, work);
    this.#running = running;
    try {
      return await work();
    } finally {
      this.#running = null;
    }
  }
}
