import type { Clock } from '../../world/clock.ts';
import { Lasting, type End } from '../../world/lasting.ts';
import type { Random } from '../../world/random.ts';
import type { Queues } from '../queues/queues.ts';
import { policyAllows } from '../resource-policy.ts';
import type { Rule, Target } from '../stack/stack.ts';
import type { Event } from './event.ts';
import { inputFor } from './input.ts';

/**
 * The reason why a target refused an event. `code` is one of EventBridge's:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export interface Refusal {
  readonly code: 'NO_PERMISSIONS' | 'NO_RESOURCE' | 'THROTTLING' | 'ERROR_FROM_TARGET' | 'TIMEOUT';
  readonly message: string;
  /** An answer that a retry does not change. */
  readonly isFinal?: true;
  /** The target's wish for the next attempt. */
  readonly afterSeconds?: number;
}

/** Delivers an event to one kind of target. Returns null if the target accepted it. */
export type Taker = (target: Target, rule: Rule, input: unknown) => Refusal | null | Promise<Refusal | null>;

export interface DeliveryOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly queues: Queues;
  /** By the service in the target's ARN. */
  readonly takers: Readonly<Record<string, Taker>>;
}

/** An event that reached neither its target nor a dead-letter queue. */
export interface Dropped {
  readonly at: string;
  readonly rule: string;
  readonly target: string;
  readonly event: Event;
  readonly reason: string;
}

/** Codes without a retry (same page): only an operator can fix their cause. */
const PERMANENT = new Set(['NO_PERMISSIONS', 'NO_RESOURCE']);

/** Waits between attempts double from the first to the longest, with full jitter. AWS does not publish them. */
const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 10 * 60_000;

/** Delivers events to targets. Retries by the target's retry policy, then sends the event to its dead-letter queue. */
export class Delivery {
  readonly dropped: Dropped[] = [];
  readonly #options: DeliveryOptions;
  readonly #troubles = new Lasting<(rule: Rule, target: Target, event: Event) => Refusal | null>();
  readonly #doubled = new Lasting<(rule: Rule) => boolean>();

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Makes targets refuse for a scenario. The function runs before each attempt. */
  trouble(refuses: (rule: Rule, target: Target, event: Event) => Refusal | null): End {
    return this.#troubles.begin(refuses);
  }

  /**
   * Runs rules, scheduled ones too, more than once for one event or instant.
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html
   */
  duplicate(which: (rule: Rule) => boolean): End {
    return this.#doubled.begin(which);
  }

  deliver(rule: Rule, target: Target, event: Event): void {
    const copies = this.#doubled.some((which) => which(rule)) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++)
      this.#attempt({ rule, target, event, since: this.#options.clock.now() }, 0);
  }

  #attempt(attempted: Attempted, retries: number): void {
    const { rule, target, event } = attempted;
    const refusal = this.#refusal(rule, target, event);
    if (!(refusal instanceof Promise)) {
      this.#answered(attempted, refusal, retries);
      return;
    }
    void this.#options.clock.holding(async () => this.#answered(attempted, await refusal, retries));
  }

  #answered(attempted: Attempted, refusal: Refusal | null, retries: number): void {
    if (refusal === null) return;
    const { target, since } = attempted;
    const { clock, random } = this.#options;
    if (PERMANENT.has(refusal.code) || refusal.isFinal) {
      this.#giveUp(attempted, refusal, retries);
      return;
    }
    if (retries >= target.retry.attempts) {
      this.#giveUp(attempted, refusal, retries, 'MaximumRetryAttempts');
      return;
    }
    const backOff = Math.round(random.next() * Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** retries));
    const wait = Math.max(backOff, (refusal.afterSeconds ?? 0) * 1000);
    if (clock.now() + wait - since > target.retry.maxAgeSeconds * 1000) {
      this.#giveUp(attempted, refusal, retries, 'MaximumEventAgeInSeconds');
      return;
    }
    clock.after(wait, () => this.#attempt(attempted, retries + 1));
  }

  #refusal(rule: Rule, target: Target, event: Event): ReturnType<Taker> {
    const troubled = this.#troubles.first((refuses) => refuses(rule, target, event));
    if (troubled !== null) return troubled;
    const service = target.arn.split(':')[2] ?? '';
    const take = this.#options.takers[service];
    if (take === undefined) throw new Error(`targets of ${service} are not modelled: ${target.arn}`);
    // An API destination makes its request from the event and its own parameters.
    return take(target, rule, service === 'events' ? event : inputFor(target, event));
  }

  #giveUp({ rule, target, event }: Attempted, refusal: Refusal, retries: number, exhausted?: string): void {
    const { queues, clock } = this.#options;
    const drop = (reason: string): void =>
      void this.dropped.push({ at: clock.iso(), rule: rule.name, target: target.arn, event, reason });
    if (target.deadLetters === undefined) {
      drop(`${refusal.code}, and no dead-letter queue`);
      return;
    }
    const queue = queues.find(target.deadLetters);
    const call = {
      principal: 'events.amazonaws.com',
      action: 'sqs:SendMessage',
      resource: target.deadLetters,
      sourceArn: rule.arn,
    };
    if (queue === null || !policyAllows(queue.policies, call)) {
      drop(`${refusal.code}, and the dead-letter queue does not let the rule in`);
      return;
    }
    queues.send(queue, JSON.stringify(event), {
      RULE_ARN: rule.arn,
      TARGET_ARN: target.arn,
      ERROR_CODE: refusal.code,
      ERROR_MESSAGE: refusal.message,
      RETRY_ATTEMPTS: String(retries),
      ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: exhausted }),
    });
  }
}

interface Attempted {
  readonly rule: Rule;
  readonly target: Target;
  readonly event: Event;
  readonly since: number;
}
