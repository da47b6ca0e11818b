import type { Instant } from '../rollback/request.ts';
import { secondsBetween } from '../rollback/time.ts';
import type { Connect } from './client.ts';
import { intercepted, isRead, operationOf } from './intercepted.ts';

/** How long an answer may be used again. */
const KEPT_SECONDS = 60;

/**
 * Keeps what a step read before it failed, in the container that runs its retry too. So a retry repeats only what
 * failed. A write of any step makes all of it void.
 */
export interface KeptReads {
  readonly connect: Connect;
  /** Does some work. `of` names what it may be a retry of; undefined: nothing. A Lambda does one work at a time. */
  readonly during: <T>(of: string | undefined, work: () => Promise<T>) => Promise<T>;
}

interface Answer {
  readonly at: Instant;
  readonly answer: unknown;
}

interface Reading {
  readonly of: string;
  readonly answers: Map<string, Answer>;
}

export function createKeptReads(connect: Connect, now: () => Instant): KeptReads {
  let kept: Reading | null = null;
  let clients = 0;
  let reading: Reading | null = null;
  const isReading = (): boolean => reading !== null;

  const read = async (key: string, send: () => unknown): Promise<unknown> => {
    const into = reading;
    const before = kept?.of === into?.of ? kept?.answers.get(key) : undefined;
    const known = before !== undefined && secondsBetween(before.at, now()) <= KEPT_SECONDS ? before : null;
    const found = known ?? { at: now(), answer: await send() };
    into?.answers.set(key, found);
    return found.answer;
  };
  const sent = (client: number, command: unknown, send: () => unknown): unknown => {
    if (isRead(command)) return reading === null ? send() : read(keyOf(client, command), send);
    kept = null;
    reading = null;
    return send();
  };
  return {
    connect: (Service, region) => {
      const client = clients++;
      return intercepted(connect(Service, region), (command, send) => sent(client, command, send));
    },
    during: async (of, work) => {
      if (of === undefined) return work();
      const answers = new Map<string, Answer>();
      reading = { of, answers };
      try {
        const done = await work();
        kept = null;
        return done;
      } catch (error) {
        // A write in between has ended the reading.
        kept = isReading() ? { of, answers } : null;
        throw error;
      } finally {
        reading = null;
      }
    },
  };
}

/** Names a call: the client, the operation and its input. */
function keyOf(client: number, command: unknown): string {
  const input = typeof command === 'object' && command !== null && 'input' in command ? command.input : null;
  return JSON.stringify([client, operationOf(command), input]);
}
