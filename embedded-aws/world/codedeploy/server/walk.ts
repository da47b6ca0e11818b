import type { Clock, Timer } from '../../clock.ts';
import type { Failure, Happened, Step } from './lifecycle.ts';

const LOOK_EVERY_MS = 1000;

/** Lifecycle events of one instance, in sequence. */
export class Walk {
  readonly happened: Happened[] = [];
  readonly #clock: Clock;
  readonly #steps: readonly Step[];
  readonly #ended: (failure: Failure | null) => void;
  #timer: Timer | null = null;

  constructor(clock: Clock, steps: readonly Step[], ended: (failure: Failure | null) => void) {
    this.#clock = clock;
    this.#steps = steps;
    this.#ended = ended;
  }

  start(): void {
    this.#next(0);
  }

  /** Stops, and leaves the event in progress as it is. */
  stop(): void {
    this.#timer?.cancel();
  }

  #next(index: number): void {
    const step = this.#steps[index];
    if (step === undefined) {
      this.#ended(null);
      return;
    }
    const happening: Happened = {
      name: step.name,
      startTime: new Date(this.#clock.now()),
      endTime: null,
      status: 'InProgress',
      failure: null,
    };
    this.happened.push(happening);
    step.begin?.();
    this.#look(index, step, happening);
  }

  #look(index: number, step: Step, happening: Happened): void {
    this.#timer = this.#clock.after(LOOK_EVERY_MS, () => {
      const state = step.state((this.#clock.now() - happening.startTime.getTime()) / 1000);
      if (state === 'going') {
        this.#look(index, step, happening);
        return;
      }
      happening.endTime = new Date(this.#clock.now());
      happening.status = state === 'done' ? 'Succeeded' : 'Failed';
      if (state === 'done') {
        this.#next(index + 1);
        return;
      }
      happening.failure = state;
      this.#ended(state);
    });
  }
}
