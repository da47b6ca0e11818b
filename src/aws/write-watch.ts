import { NotPermitted, Throttled } from '../rollback/errors.ts';
import type { Connect } from './client.ts';
import { named } from './errors.ts';

/** A record that something may have been written, kept where the end of the workflow finds it. */
export interface WriteMark {
  /** Is called before the first write. Returns whether nothing had been marked before. */
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

/** The operations that only read, by their first word. Every other operation counts as a write. */
const READS = /^(?:Describe|List|Get|BatchGet|Lookup|Head)[A-Z]/;

/** Returns a watch on all clients that it connects. */
export function createWriteWatch(connect: Connect): WriteWatch {
  let current: Marking | null = null;
  const sent = (command: unknown, send: () => unknown): unknown =>
    current === null || isRead(command) ? send() : current.around(send);
  return {
    connect: (Service, region) => watched(connect(Service, region), sent),
    during: async (mark, work) => {
      const marking = new Marking(mark);
      current = marking;
      try {
        return await work();
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

  /** Sends a write. Only a refusal of AWS shows that it changed nothing. */
  async around(send: () => unknown): Promise<unknown> {
    await (this.#isFirst ??= this.#mark.set());
    try {
      const answer = await send();
      this.#hasWritten = true;
      return answer;
    } catch (error) {
      this.#hasWritten ||= !isRefusal(error);
      throw error;
    }
  }

  /** Clears the mark if nothing was written. A mark that stays only makes the outcome more careful. */
  async end(): Promise<void> {
    const isFirst = await this.#isFirst?.catch(() => false);
    if (isFirst === true && !this.#hasWritten) await this.#mark.clear().catch(() => undefined);
  }
}

function isRefusal(error: unknown): boolean {
  const known = named(error);
  return known instanceof Throttled || known instanceof NotPermitted;
}

/** Reads the operation's name from the schema of a command, because bundling renames classes. */
function isRead(command: unknown): boolean {
  const schema = typeof command === 'object' && command !== null && 'schema' in command && command.schema;
  return Array.isArray(schema) && READS.test(String(schema[2]));
}

/** Returns a client whose calls go through `sent`. It remains an instance of its class, which paginators require. */
function watched<Client>(client: Client, sent: (command: unknown, send: () => unknown) => unknown): Client {
  if (typeof client !== 'object' || client === null) return client;
  return new Proxy(client, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      const call = (...given: unknown[]): unknown => Reflect.apply(value, target, given);
      return key === 'send' ? (...given: unknown[]) => sent(given[0], () => call(...given)) : call;
    },
  });
}
