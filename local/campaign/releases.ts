import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import type { Clock } from '@lastgood/embedded-aws/world/clock.ts';

/** How a release is, by the clock of its own deployment. `seconds` is the time since it was deployed. */
interface Kind {
  readonly is: Partial<Behaviour>;
  errorRate?(seconds: number, load: number): number;
  latency?(seconds: number, load: number): number;
  health?(seconds: number): Behaviour['health'];
}

const GOOD: Behaviour = { startSeconds: 20, health: 'passes', errorRate: 0.0001, latency: 0.08 };

/** The share of requests that a healthy release fails. */
export const ERRORS_WHEN_WELL = GOOD.errorRate;

const LATE = 420;
const VERY_LATE = 1500;

/** The ways in which a release is bad, and the two in which it is not. */
export const WAYS = {
  good: { is: {} },
  'good-but-slow-to-start': { is: { startSeconds: 120 } },
  'never-starts': { is: { health: 'fails', exitsAfterSeconds: 2, exitCode: 1, errorRate: 1 } },
  'crash-loop': { is: { exitsAfterSeconds: 45, exitCode: 137, errorRate: 0.3 } },
  'crashes-late': { is: { exitsAfterSeconds: LATE, exitCode: 1 } },
  'fails-health-checks': { is: { health: 'fails', errorRate: 0.9 } },
  'fails-health-checks-late': {
    is: {},
    health: (seconds) => (seconds < LATE ? 'passes' : 'fails'),
    errorRate: (seconds) => (seconds < LATE ? ERRORS_WHEN_WELL : 0.5),
  },
  errors: { is: { errorRate: 0.4 } },
  'few-errors': { is: { errorRate: 0.08 } },
  'errors-late': { is: {}, errorRate: (seconds) => (seconds < VERY_LATE ? ERRORS_WHEN_WELL : 0.3) },
  slow: { is: { latency: 2 } },
  leak: {
    is: {},
    latency: (seconds) => Math.min(3, 0.08 + seconds / 400),
    errorRate: (seconds) => Math.min(0.6, Math.max(ERRORS_WHEN_WELL, (seconds - LATE) / 2000)),
  },
  'bad-under-load': { is: {}, errorRate: (_, load) => (load > 1 ? 0.3 : ERRORS_WHEN_WELL) },
  'wrong-port': { is: { health: 'fails', errorRate: 1, logs: ['listening on port 8081'] } },
  'wrong-permission': { is: { errorRate: 0.5, logs: ['AccessDeniedException: not authorized'] } },
  sidecar: { is: { errorRate: 0.25, latency: 0.6 } },
  'takes-capacity': { is: { latency: 0.9, errorRate: 0.12 } },
} satisfies Record<string, Kind>;

export type Way = keyof typeof WAYS;

/** Whether a release of this way never hurts. */
export function isGood(way: Way): boolean {
  return way.startsWith('good');
}

/** One release of a story's target. */
export interface Release {
  /** `v1`, `v2`, … in the order of their first deployment. */
  readonly name: string;
  readonly way: Way;
  /** Milliseconds since the epoch of its first deployment. */
  readonly deployedAt: number;
  /** Pass the object itself on: it changes with time, and notes when it answers. */
  readonly behaviour: Behaviour;
}

/** A time in which a release answered users, in milliseconds since the epoch. */
export interface Answering {
  readonly from: number;
  to: number;
}

/** Users of a serving release are never silent for so long. */
const SILENCE_MS = 5_000;

/** The releases of a story, and which of them answered users when. */
export class Releases {
  /** What users ask of the target, as a multiple of the usual. */
  load = 1;
  /** What happens to every release, or to the first. Each is as here where all is well. */
  readonly trouble = { slowerStarts: 1, failsHealthChecks: false, firstFails: 0 };
  readonly all: Release[] = [];
  readonly #clock: Clock;
  readonly #answering = new Map<string, Answering[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  make(way: Way): Release {
    const name = `v${this.all.length + 1}`;
    const release = { name, way, deployedAt: this.#clock.now(), behaviour: this.#behaviour(name, way) };
    this.all.push(release);
    return release;
  }

  find(name: string): Release | undefined {
    return this.all.find((release) => release.name === name);
  }

  /** Returns the times in which a release answered users, oldest first. */
  answering(name: string): readonly Answering[] {
    return this.#answering.get(name) ?? [];
  }

  /** Returns the names of the releases that answered users within so many milliseconds before an instant. */
  answeringAt(instant: number, withinMs: number): readonly string[] {
    return this.all
      .map(({ name }) => name)
      .filter((name) =>
        this.answering(name).some(({ from, to }) => from <= instant && to >= instant - withinMs),
      );
  }

  #note(name: string): void {
    const now = this.#clock.now();
    const known = this.#answering.get(name) ?? [];
    const last = known.at(-1);
    if (last !== undefined && now - last.to <= SILENCE_MS) last.to = now;
    else known.push({ from: now, to: now });
    this.#answering.set(name, known);
  }

  #behaviour(name: string, way: Way): Behaviour {
    const kind: Kind = WAYS[way];
    const base = { ...GOOD, ...kind.is };
    const since = this.#clock.now();
    const seconds = () => (this.#clock.now() - since) / 1000;
    const note = () => this.#note(name);
    const load = () => this.load;
    const { trouble } = this;
    const isFirst = this.all.length === 0;
    return {
      ...base,
      get errorRate() {
        note();
        const own = kind.errorRate?.(seconds(), load()) ?? base.errorRate;
        return isFirst ? Math.max(own, trouble.firstFails) : own;
      },
      get latency() {
        return kind.latency?.(seconds(), load()) ?? base.latency;
      },
      get startSeconds() {
        return base.startSeconds * trouble.slowerStarts;
      },
      get health() {
        if (trouble.failsHealthChecks) return 'fails';
        return kind.health?.(seconds()) ?? base.health;
      },
    };
  }
}
