import type { Clock } from '@lastgood/embedded-aws/world/clock.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';

const LOOKS_EVERY_MS = 5_000;

/** One run of a pipeline. Each step happens unless a newer run began, or AWS refused a step before it. */
export interface Run {
  /** Takes a step after some seconds. */
  after(seconds: number, step: () => void): void;
  /** Takes a step as soon as a condition holds; never, if it does not within half an hour. */
  when(isSo: () => boolean, step: () => void): void;
}

const GIVES_UP_MS = 30 * 60_000;

/** A pipeline or tool that deploys in steps. A newer run supersedes the one before. */
export class Pipeline {
  readonly #clock: Clock;
  #runs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins a run. Those before go no further. */
  begin(): Run {
    const own = ++this.#runs;
    const later = (ms: number, step: () => void) => {
      this.#clock.after(ms, () => {
        if (own === this.#runs) this.#take(step);
      });
    };
    const when = (isSo: () => boolean, step: () => void, until: number): void => {
      if (isSo()) step();
      else if (this.#clock.now() < until) later(LOOKS_EVERY_MS, () => when(isSo, step, until));
    };
    return {
      after: (seconds, step) => later(seconds * 1000, step),
      when: (isSo, step) => later(0, () => when(isSo, step, this.#clock.now() + GIVES_UP_MS)),
    };
  }

  /** Stops the run under way. */
  stop(): void {
    this.#runs += 1;
  }

  /** A refused step ends the run, as a failed job does. */
  #take(step: () => void): void {
    try {
      step();
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.stop();
    }
  }
}
