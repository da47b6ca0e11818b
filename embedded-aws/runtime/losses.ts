import type { Clock } from '../world/clock.ts';

/** An event that AWS would have lost silently. */
export interface Loss {
  /** Virtual instant, ISO. */
  readonly at: string;
  readonly what: string;
  readonly why: string;
}

export class Losses {
  readonly all: Loss[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(what: string, why: string): void {
    this.all.push({ at: this.#clock.iso(), what, why });
  }
}
