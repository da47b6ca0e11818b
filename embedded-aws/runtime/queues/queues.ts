import { createHash } from 'node:crypto';
import type { Clock } from '../../world/clock.ts';
import type { Random } from '../../world/random.ts';
import type { Queue } from '../stack/stack.ts';

/** A message in a queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  /** String attributes by name. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Virtual instant, ISO. */
  readonly sentAt: string;
}

export interface Received extends Message {
  readonly receipt: string;
}

interface Stored extends Message {
  /** Milliseconds since the epoch from which the message can be received (again). */
  visibleAt: number;
  receipt: string;
  received: number;
}

/** Standard queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/ */
export class Queues {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #queues: Map<string, { queue: Queue; messages: Stored[] }>;

  constructor(queues: readonly Queue[], clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
    this.#queues = new Map(queues.map((queue) => [queue.name, { queue, messages: [] }]));
  }

  /** Finds a queue by name, ARN or URL; null if there is none. */
  find(nameArnOrUrl: string): Queue | null {
    return this.#queues.get(nameOf(nameArnOrUrl))?.queue ?? null;
  }

  /** Adds a queue, or changes its settings: its messages stay. */
  put(queue: Queue): void {
    const messages = this.#queues.get(queue.name)?.messages ?? [];
    this.#queues.set(queue.name, { queue, messages });
  }

  /** Removes a queue with its messages. */
  remove({ name }: Queue): void {
    this.#queues.delete(name);
  }

  get all(): readonly Queue[] {
    return [...this.#queues.values()].map(({ queue }) => queue);
  }

  /** Returns a queue's messages, in flight or not, oldest first. */
  messages(nameArnOrUrl: string): readonly Message[] {
    return this.#stored(nameArnOrUrl).map(({ id, body, attributes, sentAt }) => ({
      id,
      body,
      attributes,
      sentAt,
    }));
  }

  send(queue: Queue, body: string, attributes: Readonly<Record<string, string>> = {}): Message {
    const now = this.#clock.now();
    const message: Stored = {
      id: this.#random.uuid(),
      body,
      attributes,
      sentAt: this.#clock.iso(),
      visibleAt: now,
      receipt: '',
      received: 0,
    };
    this.#stored(queue.name).push(message);
    return message;
  }

  /** Receives visible messages and hides them for `visibilitySeconds`. */
  receive(queue: Queue, limit: number, visibilitySeconds = queue.visibilitySeconds): readonly Received[] {
    const now = this.#clock.now();
    const taken = this.#stored(queue.name)
      .filter(({ visibleAt }) => visibleAt <= now)
      .slice(0, limit);
    for (const message of taken) {
      message.visibleAt = now + visibilitySeconds * 1000;
      message.receipt = this.#random.hex(32);
      message.received++;
    }
    return taken;
  }

  delete(queue: Queue, receipt: string): void {
    const entry = this.#queues.get(queue.name);
    if (entry !== undefined)
      entry.messages = entry.messages.filter((message) => message.receipt !== receipt || receipt === '');
  }

  /** Returns how many messages are visible and how many are hidden. */
  counts(queue: Queue): { readonly visible: number; readonly inFlight: number } {
    const now = this.#clock.now();
    const stored = this.#stored(queue.name);
    const visible = stored.filter(({ visibleAt }) => visibleAt <= now).length;
    return { visible, inFlight: stored.length - visible };
  }

  #stored(nameArnOrUrl: string): Stored[] {
    const entry = this.#queues.get(nameOf(nameArnOrUrl));
    if (entry === undefined) throw new Error(`there is no queue ${nameArnOrUrl}`);
    return entry.messages;
  }
}

/** Returns the digest in SQS's answer, which the SDK checks: hexadecimal MD5. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function nameOf(nameArnOrUrl: string): string {
  return nameArnOrUrl.replace(/^.*[/:]/, '');
}
