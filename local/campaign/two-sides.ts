import type { Clock } from '@lastgood/embedded-aws/world/clock.ts';
import type { Shares } from './ground.ts';
import { Pipeline, type Run } from './pipeline.ts';
import type { Release } from './releases.ts';

export const SIDES = ['blue', 'green'] as const;
export type Side = (typeof SIDES)[number];

/** Two places for releases, between which weights divide the traffic. */
export interface Places {
  /** Returns the weight of a side as AWS has it; 0 if it is not attached. */
  weight(side: Side): number;
  /** Gives a side so many per cent of the traffic, and the other one the rest. */
  weigh(side: Side, percent: number): void;
  /** Starts a release on a side, in place of the present one. */
  put(side: Side, release: Release): void;
  /** Says whether the release on a side can take traffic. */
  isReady(side: Side): boolean;
  /** Ends what runs on a side. */
  empty(side: Side): void;
}

/** How a pipeline moves the traffic. */
export interface Steps {
  /** Per cent of the traffic that the new side gets, one after another. */
  readonly percents: readonly number[];
  /** Minutes after which nothing runs on the old side; absent: it stays until the next release. */
  readonly oldGoneMinutes?: number;
}

const STEP_SECONDS = 240;

/**
 * A pipeline that deploys to the side without traffic and then moves the traffic. It takes care: it goes on only while
 * the weights are as it left them.
 */
export class TwoSides {
  readonly #clock: Clock;
  readonly #places: Places;
  readonly #steps: Steps;
  readonly #pipeline: Pipeline;
  readonly #history: Record<Side, { readonly name: string | null; readonly at: number }[]>;

  /** @param first the release on blue, which has the traffic */
  constructor(clock: Clock, places: Places, steps: Steps, first: Release) {
    this.#clock = clock;
    this.#places = places;
    this.#steps = steps;
    this.#pipeline = new Pipeline(clock);
    this.#history = { blue: [{ name: first.name, at: 0 }], green: [] };
  }

  /** Deploys a release: to the side on which it still runs, or else to the one with less traffic. */
  deploy(release: Release): void {
    const run = this.#pipeline.begin();
    const there = SIDES.find((side) => this.#now(side) === release.name);
    if (there !== undefined) {
      this.#shift(run, there);
      return;
    }
    const serving = this.#serving();
    const idle = otherOf(serving);
    if (this.#places.weight(idle) > 0) this.#places.weigh(serving, 100);
    this.#places.put(idle, release);
    this.#note(idle, release.name);
    run.when(
      () => this.#places.isReady(idle),
      () => this.#shift(run, idle),
    );
  }

  /** Stops the pipeline and gives all traffic to the side with the most. */
  abort(): void {
    this.#pipeline.stop();
    this.#places.weigh(this.#serving(), 100);
  }

  /** Ends what runs on the side of a release, if it still runs. */
  lose(name: string): void {
    const side = SIDES.find((one) => this.#now(one) === name);
    if (side === undefined) return;
    this.#places.empty(side);
    this.#note(side, null);
  }

  /** Returns the side with most of the traffic. */
  serving(): Side {
    return this.#serving();
  }

  /** Returns the share of each release that is on a side. */
  shares(): Shares {
    return Object.fromEntries(
      SIDES.flatMap((side) => {
        const name = this.#now(side);
        return name === null ? [] : [[name, this.#percentOf(side)]];
      }),
    );
  }

  /** Returns the release that was on a side at an instant. */
  releaseOn(side: Side, instant: number): string | null {
    return this.#history[side].findLast(({ at }) => at <= instant)?.name ?? null;
  }

  #shift(run: Run, to: Side): void {
    const place = this.#steps.percents.findIndex((percent) => percent > this.#percentOf(to));
    const percent = this.#steps.percents[place] ?? 100;
    this.#places.weigh(to, percent);
    if (percent < 100)
      run.after(STEP_SECONDS, () => {
        if (this.#percentOf(to) === percent) this.#shift(run, to);
      });
    else this.#emptyLater(run, to);
  }

  #emptyLater(run: Run, serving: Side): void {
    const { oldGoneMinutes } = this.#steps;
    if (oldGoneMinutes === undefined) return;
    run.after(oldGoneMinutes * 60, () => {
      const old = otherOf(serving);
      if (this.#places.weight(old) > 0) return;
      this.#places.empty(old);
      this.#note(old, null);
    });
  }

  #percentOf(side: Side): number {
    const own = this.#places.weight(side);
    const sum = own + this.#places.weight(otherOf(side));
    return sum === 0 ? 0 : Math.round((100 * own) / sum);
  }

  #serving(): Side {
    return this.#places.weight('green') > this.#places.weight('blue') ? 'green' : 'blue';
  }

  #now(side: Side): string | null {
    return this.#history[side].at(-1)?.name ?? null;
  }

  #note(side: Side, name: string | null): void {
    this.#history[side].push({ name, at: this.#clock.now() });
  }
}

/** Returns the other side. */
export function otherOf(side: Side): Side {
  return side === 'blue' ? 'green' : 'blue';
}
