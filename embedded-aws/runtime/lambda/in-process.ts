import type { Direct, Command } from '../../wire/direct.ts';
import { REGION } from '../../world/aws.ts';
import { isoOf } from '../../world/iso.ts';
import type { Sites } from '../../world/traffic/sites.ts';
import type { LambdaFunction } from '../stack/stack.ts';
import { timedOut, type Answer, type ExecutionEnvironment } from './container.ts';
import { contextOf, describe } from './invocation.ts';
import { Line } from './line-in-process.ts';
import type { Call } from './messages.ts';
import { withOutput } from './output-in-process.ts';
import type { Troubles } from './troubles.ts';

interface Timed<T> {
  readonly value: T;
  readonly seconds: number;
}

/** Name resolution, and GETs to one of the given addresses. Each throws a TimeoutError after its limit. */
interface Network {
  readonly resolve: (host: string, milliseconds: number) => Promise<Timed<readonly string[]>>;
  readonly fetchFrom: (addresses: readonly string[], url: URL, init: Get) => Promise<Timed<Response>>;
}

interface Get {
  readonly headers: Readonly<Record<string, string>>;
  readonly milliseconds: number;
}

/** A function's handler, as Lambda calls it. */
export type Handler = (event: unknown, context: never) => Promise<unknown>;

/** The external dependencies of a function, from which its handler is made. */
export interface Surroundings {
  readonly connect: <Client>(Service: new (options: never) => Client, region?: string) => Client;
  /** The document client of DynamoDB. */
  readonly tables: never;
  readonly setting: (name: string) => string;
  readonly variable: (name: string) => string | undefined;
  readonly now: () => string;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly fetch: typeof fetch;
  readonly network: Network;
}

/** Finds how a function's handler is made. */
export type Bindings = (lambda: LambdaFunction) => Promise<(surroundings: Surroundings) => Handler>;

/** The servers and clients that functions in process use. */
export interface Outside {
  readonly bindings: Bindings;
  readonly direct: Direct;
  readonly fetch: typeof fetch;
  /** What is served under public names. Absent: no name is known. */
  readonly sites?: Sites | undefined;
  /** Lets virtual time pass until the instant of a call. Absent: calls take effect when the invocation starts. */
  readonly reach?: (instant: number) => Promise<void>;
  readonly troubles?: Troubles;
}

/**
 * One execution environment of one function, without a thread: its handler is called here, its clients reach the world
 * directly.
 */
export class InProcess implements ExecutionEnvironment {
  readonly time = new Float64Array(1);
  readonly bornAt: number;
  freeAt = 0;
  alive = true;
  readonly #lambda: LambdaFunction;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #root: string;
  readonly #outside: Outside;
  readonly #onLog: (text: string) => void;
  readonly #line = new Line();
  #handler: Handler | null = null;
  /** Ends the invocation under way, whatever its handler still awaits. */
  #cutOff: (answer: Answer) => void = () => undefined;
  #deadline = Infinity;

  constructor(
    lambda: LambdaFunction,
    environment: Readonly<Record<string, string>>,
    root: string,
    at: number,
    outside: Outside,
    onLog: (text: string) => void,
  ) {
    this.#lambda = lambda;
    this.#environment = environment;
    this.#root = root;
    this.#outside = outside;
    this.#onLog = onLog;
    this.time[0] = at;
    this.bornAt = at;
  }

  get after(): readonly number[] {
    return this.#line.after;
  }

  /** Runs one invocation; binds the function before, the first time. Never rejects. */
  async invoke(call: Call): Promise<Answer> {
    const limitMs = this.#lambda.timeoutSeconds * 1000;
    let limit: NodeJS.Timeout | undefined;
    // Real time, as in a container: it only ever ends a function that hangs for real.
    const hangs = new Promise<Answer>((resolve) => {
      this.#cutOff = (answer) => {
        this.alive = false;
        resolve(answer);
      };
      limit = setTimeout(() => this.#cutOff(timedOut(limitMs)), limitMs);
    });
    this.#deadline = call.deadline;
    try {
      return await Promise.race([this.#answer(call), hangs]);
    } finally {
      clearTimeout(limit);
    }
  }

  end(): Promise<void> {
    this.alive = false;
    return Promise.resolve();
  }

  async #answer({ event, ...call }: Call): Promise<Answer> {
    try {
      this.#handler ??= await this.#bind();
    } catch (error) {
      this.alive = false;
      return { state: 'failed', error: describe(error, this.#root) };
    }
    this.#line.begin();
    if (this.#isStruck(0)) return NEVER;
    const answer = await this.#run(this.#handler, event, call);
    const answeredAt = this.time[0] ?? 0;
    await this.#line.empty();
    this.time[0] = answeredAt;
    return answer;
  }

  async #run(handler: Handler, event: string, call: Omit<Call, 'event'>): Promise<Answer> {
    // Lambda's limit follows the world's time. By a wrong clock, middleware would end the invocation in real time.
    const context = contextOf(call, this.#environment, () => this.time[0] ?? 0);
    try {
      const result = await withOutput(this.#onLog, () => handler(JSON.parse(event), context as never));
      return { state: 'answered', payload: JSON.stringify(result ?? null) };
    } catch (error) {
      return { state: 'failed', error: describe(error, this.#root) };
    }
  }

  async #bind(): Promise<Handler> {
    const bind = await this.#outside.bindings(this.#lambda);
    return bind({
      connect: (Service, region = REGION) => this.#client(Service, region),
      tables: this.#sender(REGION) as never,
      setting: (name) => settingOf(this.#environment, name),
      variable: (name) => this.#environment[name],
      now: () => isoOf(this.#now()),
      wait: (milliseconds) => this.#wait(milliseconds),
      fetch: (...request) => this.#send(() => this.#outside.fetch(...request)),
      network: {
        resolve: (host) => this.#send(() => Promise.resolve(this.#resolve(host))),
        fetchFrom: ([address = ''], url, get) => this.#fetchFrom(address, url, get),
      },
    });
  }

  /** The servers of this process have addresses and no names, so a name is known only to the world. */
  #resolve(host: string): Timed<readonly string[]> {
    const value = this.#outside.sites?.resolve(host) ?? null;
    if (value === null) throw Object.assign(new Error('no name is modelled'), { code: 'ENOTFOUND' });
    return { value, seconds: 0 };
  }

  /**
   * Answers after the virtual seconds of the world, or times out after the virtual limit. GETs made at once take as long
   * as the slowest. The servers of this process take no virtual time.
   */
  #fetchFrom(address: string, url: URL, { headers, milliseconds }: Get): Promise<Timed<Response>> {
    const asked = this.time[0] ?? 0;
    return this.#send(async () => {
      const visit = this.#outside.sites?.visit(address, url) ?? null;
      if (visit === null) {
        const signal = AbortSignal.timeout(milliseconds);
        return { value: await this.#outside.fetch(url, { headers, signal, redirect: 'manual' }), seconds: 0 };
      }
      const { status, seconds } = visit;
      this.time[0] = Math.max(this.time[0] ?? 0, asked + Math.min(seconds * 1000, milliseconds));
      if (seconds * 1000 > milliseconds) throw new DOMException('no answer in time', 'TimeoutError');
      return { value: new Response(null, { status }), seconds };
    });
  }

  /** Paginators of the SDK ask for an instance of the client's class. */
  #client<Client>(Service: new (options: never) => Client, region: string): Client {
    return Object.assign(
      Object.create(Service.prototype as object) as object,
      this.#sender(region),
    ) as Client;
  }

  #sender(region: string): { send(command: Command): Promise<object> } {
    const sender = { role: this.#lambda.role, region };
    return { send: (command) => this.#send(() => this.#outside.direct.send(sender, command)) };
  }

  /**
   * Sends one request after the other, each at its own virtual instant where invocations are interleaved. After a request
   * at which the environment ended, nothing of the invocation goes on.
   */
  #send<T>(send: () => Promise<T>): Promise<T> {
    const { reach } = this.#outside;
    return this.#line.send(async () => {
      await reach?.(this.time[0] ?? 0);
      const outcome = await send().then(
        (value) => () => value,
        (error: unknown) => () => {
          throw error;
        },
      );
      const isOver = this.#isLate() || this.#isStruck(this.#line.answered + 1);
      return isOver ? NEVER : outcome();
    });
  }

  /** Lambda ends a function at its timeout: https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
  #isLate(): boolean {
    if ((this.time[0] ?? 0) <= this.#deadline) return false;
    this.#cutOff(timedOut(this.#lambda.timeoutSeconds * 1000));
    return true;
  }

  #isStruck(answered: number): boolean {
    const error = this.#outside.troubles?.strikeAt(this.#lambda.name, answered) ?? null;
    if (error !== null) this.#cutOff({ state: 'failed', error });
    return error !== null;
  }

  /** Lets the time of this invocation pass; the world's, only where invocations are interleaved. */
  async #wait(milliseconds: number): Promise<void> {
    this.time[0] = (this.time[0] ?? 0) + milliseconds;
    await this.#outside.reach?.(this.time[0]);
  }

  #now(): number {
    return Math.floor((this.time[0] ?? 0) + (this.#outside.troubles?.skewMs(this.#lambda.name) ?? 0));
  }
}

/** What an invocation awaits whose environment has ended. */
const NEVER = new Promise<never>(() => undefined);

function settingOf(environment: Readonly<Record<string, string>>, name: string): string {
  const value = environment[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
}
