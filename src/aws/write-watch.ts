import { NotPermitted, Throttled } from '../rollback/errors.ts';
import type { Connect } from './client.ts';
import { isClientError, named } from './errors.ts';
import { intercepted, isRead } from './intercepted.ts';

/** A record that something may have been written, kept where the end of the workflow finds it. */
export interface WriteMark {
  /** Is called before the first write. Returns whether nothing had been marked before. An error forbids every write. */
  readonly set: () => Promise<boolean>;
  /** Is called if AWS refused every write, and `set` had found no mark. */
  readonly clear: () => Promise<void>;
}

/** Watches the clients of a mechanism for calls that may write. */
export interface WriteWatch {
  readonly connect: Connect;
  /** Does some work, and sets the mark before its first write. A Lambda does one work at a time. */
  readonly during: <T>(mark: WriteMark, work: () => Promise<T>) => Promise<T>;
}

/** Returns a watch on all clients that it connects. */
export function createWriteWatch(connect: Connect): WriteWatch {
  let current: Marking | null = null;
  const sent = (command: unknown, send: () => unknown): unknown =>
    current === null || isRead(command) ? send() : current.around(command, send);
  return {
    connect: (Service, region) => intercepted(connect(Service, region), sent),
    during: async (mark, work) => {
      const marking = new Marking(mark);
      current = marking;
      try {
        const answer = await work();
        await marking.allowed();
        return answer;
      } finally {
        current = null;
        await marking.end();
      }
    },
  };
}

/** The mark of one work. */
class Marking {
  readonly #mark: WriteMark;
  #isFirst: Promise<boolean> | null = null;
  #hasWritten = false;

  constructor(mark: WriteMark) {
    this.#mark = mark;
  }

  /**
   * Sends a write, and watches each attempt of the SDK. The answer to the first one may be lost, and the second one
   * refused: the caller sees only the refusal.
   */
  async around(command: unknown, send: () => unknown): Promise<unknown> {
    await (this.#isFirst ??= this.#mark.set());
    if (hasMiddleware(command))
      command.middlewareStack.add((next) => (given) => this.#watch(() => next(given)), EACH_ATTEMPT);
    return this.#watch(() => Promise.resolve(send()));
  }

  /** Only a refusal of AWS shows that a write changed nothing. */
  async #watch<Answer>(answering: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await answering();
      this.#hasWritten = true;
      return answer;
    } catch (error) {
      this.#hasWritten ||= !isRefusal(error);
      throw error;
    }
  }

  /** Throws the error that forbade the writes, even if the work took it for an answer of AWS. */
  async allowed(): Promise<void> {
    await this.#isFirst;
  }

  /** Clears the mark if nothing was written. A mark that stays only makes the outcome more careful. */
  async end(): Promise<void> {
    const isFirst = await this.#isFirst?.catch(() => false);
    if (isFirst === true && !this.#hasWritten) await this.#mark.clear().catch(() => undefined);
  }
}

/**
 * Commands of the SDK have middleware.
 * https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/middleware-stack.html
 */
interface WithMiddleware {
  readonly middlewareStack: {
    readonly add: (middleware: (next: Answering) => Answering, where: typeof EACH_ATTEMPT) => void;
  };
}

type Answering = (given: unknown) => Promise<unknown>;

/** Within the step that retries, and around the one that reads the answer. */
const EACH_ATTEMPT = { step: 'deserialize', priority: 'high' } as const;

function hasMiddleware(command: unknown): command is WithMiddleware {
  return typeof command === 'object' && command !== null && 'middlewareStack' in command;
}

function isRefusal(error: unknown): boolean {
  const known = named(error);
  return known instanceof Throttled || known instanceof NotPermitted || isClientError(error);
}
