import type { Clock } from '../../world/clock.ts';
import { isoOf } from '../../world/iso.ts';
import type { Random } from '../../world/random.ts';
import type { LambdaFunction } from '../stack/stack.ts';
import { Container, type ExecutionEnvironment } from './container.ts';
import { environmentOf, streamName } from './environment.ts';
import { InProcess, type Outside } from './in-process.ts';

export interface LogLine {
  /** Virtual instant, ISO. */
  readonly at: string;
  readonly function: string;
  /** Name of the environment's log stream. */
  readonly stream: string;
  readonly text: string;
}

export interface EnvironmentOptions {
  readonly clock: Clock;
  /** Where functions find AWS: the URL of the wire, known once it listens. */
  readonly endpoint: () => string;
  readonly credentials: (role: string) => { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Folder that is `/var/task` in stack traces. */
  readonly root: string;
  /** Where bundles find the sites of the world: the origin of a server. Absent: nowhere. */
  readonly sitesAt?: (() => string) | undefined;
  /** Given: functions run in process, and not as bundles in threads. */
  readonly inProcess?: (() => Outside) | undefined;
}

/**
 * How long an idle environment is kept for the next invocation. AWS keeps it for "a non-deterministic period of time"
 * (https://docs.aws.amazon.com/lambda/latest/operatorguide/execution-environments.html). Measured: ten minutes
 * (https://mikhail.io/2019/08/aws-lambda-cold-starts-after-10-minutes/). Unknown: idle-environments.
 */
const KEPT_WARM_MS = 10 * 60_000;

/**
 * How old an environment becomes. AWS ends those in constant use "every few hours"
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html); four are our assumption.
 */
const LIVES_MS = 4 * 3_600_000;

function isKept({ alive, freeAt, bornAt }: ExecutionEnvironment, now: number, replacedAt: number): boolean {
  const isOld = freeAt <= now && (now - bornAt >= LIVES_MS || bornAt < replacedAt);
  return alive && !isOld && now - freeAt < KEPT_WARM_MS;
}

/** What a function in process has of its runtime, besides the world. */
type Own = Pick<Outside, 'reach' | 'troubles'>;

/** The execution environments of all functions. One serves an invocation at a time, and is kept warm for the next. */
export class Environments {
  readonly #options: EnvironmentOptions;
  readonly #random: Random;
  readonly #onLog: (line: LogLine) => void;
  readonly #all = new Map<string, ExecutionEnvironment[]>();
  /** Milliseconds since the epoch. */
  #replacedAt = -Infinity;

  /** @param random names the environments' log streams */
  constructor(options: EnvironmentOptions, random: Random, onLog: (line: LogLine) => void) {
    this.#options = options;
    this.#random = random;
    this.#onLog = onLog;
  }

  /** Returns how many environments of a function have not answered yet. */
  busy(name: string): number {
    const now = this.#options.clock.now();
    let count = 0;
    for (const { alive, freeAt } of this.#all.get(name) ?? []) if (alive && freeAt > now) count++;
    return count;
  }

  /**
   * Returns a warm environment that is free, the one used last; else a new one.
   * @param own for functions in process
   */
  take(
    lambda: LambdaFunction,
    now: number,
    own: Own = {},
  ): { readonly container: ExecutionEnvironment; readonly cold: boolean } {
    const all = this.#all.get(lambda.name) ?? [];
    const kept = all.filter((container) => isKept(container, now, this.#replacedAt));
    for (const container of all) if (!kept.includes(container)) void container.end();
    const warm = kept.filter(({ freeAt }) => freeAt <= now).sort((a, b) => b.freeAt - a.freeAt)[0];
    const container = warm ?? this.#start(lambda, now, own);
    this.#all.set(lambda.name, warm === undefined ? [...kept, container] : kept);
    return { container, cold: warm === undefined };
  }

  /** Gives no environment of before to another invocation. */
  replace(): void {
    this.#replacedAt = this.#options.clock.now();
  }

  async end(): Promise<void> {
    await Promise.all([...this.#all.values()].flat().map((container) => container.end()));
    this.#all.clear();
  }

  #start(lambda: LambdaFunction, now: number, own: Own): ExecutionEnvironment {
    const { inProcess, root, credentials, endpoint, clock, sitesAt } = this.#options;
    const stream = streamName(clock.iso(), this.#random.hex(32));
    const given = { ...credentials(lambda.role), endpoint: endpoint(), stream };
    const onLog = (text: string): void => {
      const at = isoOf(container.time[0] ?? now);
      this.#onLog({ at, function: lambda.name, stream, text: text.trimEnd() });
    };
    const outside = inProcess && { ...inProcess(), ...own };
    const parts = [lambda, environmentOf(lambda, given), root, now] as const;
    const container: ExecutionEnvironment =
      outside === undefined
        ? new Container(...parts, sitesAt?.() ?? '', onLog)
        : new InProcess(...parts, outside, onLog);
    return container;
  }
}
