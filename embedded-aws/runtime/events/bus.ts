import { ACCOUNT, REGION, type AwsEvent } from '../../world/aws.ts';
import type { Clock } from '../../world/clock.ts';
import { Lasting, type End } from '../../world/lasting.ts';
import type { Random } from '../../world/random.ts';
import type { Rule, Target } from '../stack/stack.ts';
import type { Delivery } from './delivery.ts';
import type { Event } from './event.ts';
import { deliveryLatency } from './latency.ts';
import { matches } from './pattern.ts';

/**
 * The delivery class of an AWS service's events: `guaranteed` at least once, `best-effort` mostly.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event.html
 */
const GUARANTEED = new Set(['aws.cloudwatch', 'aws.ecs', 'aws.cloudformation', 'aws.events']);

/** Random mishaps of events, as shares between 0 and 1. No figures are published; the default is none. */
export interface Mishaps {
  /** Share of the best-effort events of AWS services that are lost. */
  readonly lost?: number;
  /** Share of deliveries that happen twice. */
  readonly duplicated?: number;
}

export interface BusOptions {
  readonly rules: readonly Rule[];
  readonly clock: Clock;
  readonly random: Random;
  readonly delivery: Pick<Delivery, 'deliver'>;
  readonly mishaps: Mishaps;
}

/** The result of an event on a bus. */
export interface Published {
  readonly bus: string;
  readonly event: Event;
  /** Names of the matching rules; empty for a lost event. */
  readonly rules: readonly string[];
  readonly lost: boolean;
}

type Which = (event: Event, bus: string) => boolean;

/** The buses and their rules. An event reaches each target of each matching rule after a separate latency. */
export class Bus {
  readonly published: Published[] = [];
  /** Clients add and remove rules. */
  readonly rules: Rule[];
  readonly #options: BusOptions;
  readonly #lost = new Lasting<Which>();
  readonly #duplicated = new Lasting<Which>();
  readonly #delayed = new Lasting<{
    readonly which: Which;
    readonly milliseconds: number | (() => number);
  }>();

  constructor(options: BusOptions) {
    this.#options = options;
    this.rules = [...options.rules];
  }

  /** Loses every event that `which` matches, as best-effort sources may. */
  lose(which: Which): End {
    return this.#lost.begin(which);
  }

  /** Delivers twice, as EventBridge may: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html */
  duplicate(which: Which): End {
    return this.#duplicated.begin(which);
  }

  /** Delivers late. Delays that differ from event to event change their order. */
  delay(which: Which, milliseconds: number | (() => number)): End {
    return this.#delayed.begin({ which, milliseconds });
  }

  /** Says whether a best-effort source emits it, whose events may be lost. */
  isBestEffort({ source }: Event): boolean {
    return source.startsWith('aws.') && !GUARANTEED.has(source);
  }

  /** Publishes an AWS service's event to the default bus. */
  emit(event: AwsEvent): void {
    const { random, mishaps } = this.#options;
    const whole = this.envelope(event);
    const unlucky = !GUARANTEED.has(event.source) && random.next() < (mishaps.lost ?? 0);
    this.publish('default', whole, unlucky);
  }

  envelope(event: AwsEvent, time = this.#options.clock.iso()): Event {
    return {
      version: '0',
      id: this.#options.random.uuid(),
      'detail-type': event['detail-type'],
      source: event.source,
      account: ACCOUNT,
      time: time.replace(/\.\d+Z$/, 'Z'),
      region: REGION,
      resources: event.resources,
      detail: event.detail,
    };
  }

  /** Publishes an event to a bus. An unknown bus discards it silently: https://github.com/aws/aws-cli/issues/9186 */
  publish(bus: string, event: Event, unlucky = false): void {
    const lost = unlucky || this.#lost.some((which) => which(event, bus));
    const rules = lost
      ? []
      : this.rules.filter(
          (rule) => rule.bus === bus && rule.pattern !== undefined && matches(rule.pattern, event),
        );
    this.published.push({ bus, event, rules: rules.map(({ name }) => name), lost });
    for (const rule of rules) for (const target of rule.targets) this.#send(bus, rule, target, event);
  }

  #send(bus: string, rule: Rule, target: Target, event: Event): void {
    const { clock, random, delivery, mishaps } = this.#options;
    const twice =
      random.next() < (mishaps.duplicated ?? 0) || this.#duplicated.some((which) => which(event, bus));
    const delay = this.#delayed.all
      .filter(({ which }) => which(event, bus))
      .reduce((sum, { milliseconds: of }) => sum + (typeof of === 'number' ? of : of()), 0);
    for (let copy = 0; copy < (twice ? 2 : 1); copy++) {
      clock.after(delay + deliveryLatency(random), () => delivery.deliver(rule, target, event));
    }
  }
}
