import { Lasting, type End } from '../lasting.ts';
import type { Datum } from '../seams.ts';

/** A measurement as it reaches CloudWatch. */
export interface Arrival {
  readonly datum: Datum;
  /** Milliseconds after which queries and alarms see it. */
  readonly lateMs: number;
}

/** Returns how a measurement arrives: late, in parts, or not at all; null if as always. */
export type Arrives = (datum: Datum) => readonly Arrival[] | null;

/**
 * The ways of measurements to CloudWatch. "Metric data might be delayed", and alarms evaluate what is there:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export class Arrivals {
  readonly #lasting = new Lasting<Arrives>();

  /** Changes how the measurements of services arrive, until it is ended. */
  disturb(arrives: Arrives): End {
    return this.#lasting.begin(arrives);
  }

  of(datum: Datum): readonly Arrival[] {
    return this.#lasting.first((arrives) => arrives(datum)) ?? [{ datum, lateMs: 0 }];
  }
}
